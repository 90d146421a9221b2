using LocalRetrieval.Onnx;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>The smallest web application around a bi-encoder: a query in, its vector out.</summary>
internal static class EncoderServer
{
    public const string Command = "serve-encoder";

    /// <summary>What is asked; <c>q</c> is the query.</summary>
    public const string QueryPath = "/embed";

    /// <summary>What gives a vector that is always the same: what the web server alone costs.</summary>
    public const string BarePath = "/bare";

    /// <summary>Gives the milliseconds of processor that the process has used.</summary>
    public const string CpuPath = "/cpu";

    /// <summary>In this process: serves a model on a free port of the loopback interface until its standard input ends, and writes its address.</summary>
    public static async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(BiEncoder.Folder(name));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication server = builder.Build();
        server.MapGet(QueryPath, async (string q, CancellationToken aborted) =>
            (await generator.GenerateAsync([q], BiEncoder.Options(EmbeddingInputTypes.Query), aborted))[0].Vector.ToArray());
        float[] vector = (await generator.GenerateAsync(["a query"], cancellationToken: cancellationToken))[0].Vector.ToArray();
        server.MapGet(BarePath, async (string q, CancellationToken aborted) =>
        {
            await Task.Yield();
            return vector;
        });
        server.MapGet(CpuPath, () => Results.Json(Environment.CpuUsage.TotalTime.TotalMilliseconds));
        await server.StartAsync(cancellationToken);
        Console.WriteLine(server.Urls.First());
        await Console.In.ReadToEndAsync(cancellationToken);
    }
}
