using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRetrieval.Mcp.Hosting;

/// <summary>Serves by the standard streams, until the input ends.</summary>
internal static class StdioServer
{
    public static async Task RunAsync(ServerSettings settings, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        // Whatever writes to the console must not write into the protocol, which has a stream of its own.
        Console.SetOut(Console.Error);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        RetrievalServer.LogToStandardError(builder.Logging);
        RetrievalServer.Add(builder.Services, settings, environment).WithStdioServerTransport();
        using IHost host = builder.Build();
        await host.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
