using System.Diagnostics;
using System.Text.Json;
using LocalRetrieval.Rag;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WebRag;
using WebRag.Documents;

namespace LocalRetrieval.Bench.Web;

/// <summary>What the web adds: an endpoint over loopback beside the same retriever, with the same options, called in the same process.</summary>
internal static class WebOverhead
{
    public static async Task<string> RunAsync(int rounds)
    {
        await using WebApplication app = WebRagApplication.Create(["--urls=http://127.0.0.1:0", "--WebRag:QuestionsPerMinute=100000", "--WebRag:SearchesPerSecond=10000", "--Logging:LogLevel:Default=Error"]);
        await app.StartAsync();
        await app.Services.GetRequiredService<PassageSync>().ReadyAsync();
        Uri address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using WebVisitor visitor = await WebVisitor.ArriveAsync(address);
        IPassageRetriever<Passage> retriever = app.Services.GetRequiredService<IPassageRetriever<Passage>>();
        string[] questions = Questions();
        await WarmUpAsync(visitor);
        string table = $"""
            | p50, one client | in process | over HTTP | difference |
            |---|---:|---:|---:|
            {await RowAsync("while typing: vectors and words", Options(isReranked: false), question => visitor.AskAsync("/api/suggest", question))}
            {await RowAsync("search: all stages, explained", Options(isReranked: true), question => visitor.AskAsync("/api/search", question))}
            {await RowAsync("answer: until it says what was found", Options(isReranked: true), visitor.FirstFoundAsync)}

            """;
        await app.StopAsync();
        return table;

        async Task<string> RowAsync(string name, RetrievalOptions<Passage> options, Func<string, Task<TimeSpan>> ask)
        {
            List<double> direct = [];
            List<double> web = [];
            for (int round = 0; round <= rounds; round++)
            {
                foreach (string question in questions.Select(question => $"{question} {round}"))
                {
                    // With the round's number it is new: what was typed before is kept.
                    long start = Stopwatch.GetTimestamp();
                    await retriever.RetrieveAsync(question, options);
                    double own = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    double other = (await ask(question)).TotalMilliseconds;

                    // The first round warms up.
                    if (round > 0)
                    {
                        direct.Add(own);
                        web.Add(other);
                    }
                }
            }

            return FormattableString.Invariant($"| {name} | {Median(direct):F1} ms | {Median(web):F1} ms | {Median([.. web.Zip(direct, (other, own) => other - own)]):F1} ms |");
        }
    }

    /// <summary>Code is compiled for good after hundreds of requests: a server that has just started is not what is measured.</summary>
    private static async Task WarmUpAsync(WebVisitor visitor)
    {
        for (int request = 0; request < 1000; request++)
        {
            await visitor.AskAsync("/api/suggest", "What is kept");
        }
    }

    public static string[] Questions() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "questions.jsonl")).Select(line => JsonElement.Parse(line))
            .Where(question => question.GetProperty("answers").GetArrayLength() > 0).Select(question => question.GetProperty("question").GetString()!),
    ];

    private static RetrievalOptions<Passage> Options(bool isReranked) => new()
    {
        Top = 8,
        Rerank = isReranked,
        Explain = isReranked ? [] : null,
        Filter = passage => passage.Scope == Library.Scope,
    };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
