using System.Reflection;
using LocalRetrieval.Mcp.Chat;
using LocalRetrieval.ModelContextProtocol;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LocalRetrieval.Mcp.Hosting;

/// <summary>What the server is made of, whatever the transport.</summary>
internal static class RetrievalServer
{
    private const string Collection = LocalRetrievalServiceCollectionExtensions.DefaultCollectionName;

    /// <summary>Adds models, index, synchronisation and tools.</summary>
    /// <returns>The server's builder, without a transport.</returns>
    /// <exception cref="InvalidOperationException">The environment's chat endpoint is none.</exception>
    public static IMcpServerBuilder Add(IServiceCollection services, ServerSettings settings, Func<string, string?> environment)
    {
        services.AddLocalRetrieval(Collection);
        services.AddPassageSync(Collection, options =>
        {
            options.Folder = settings.Docs;

            // The folder is all that the index is: when it is emptied, so is the index.
            options.Sync.MaxVanishedShare = 1;
            options.PollingInterval = TimeSpan.FromMinutes(5);   // network shares tell of no changes
        });
        ChatModel.Add(services, environment);
        return services.AddMcpServer(server =>
            {
                server.ServerInfo = new() { Name = "localretrieval-mcp", Title = "LocalRetrieval", Version = Version };
                server.ServerInstructions = "Search first; then fetch a result by its id to read its whole source. Cite sources by their urls.";
            })
            .WithRetrievalTools(Configure)
            .WithSourceResources(Collection);

        void Configure(RetrievalServerOptions options)
        {
            options.Contents = settings.Name ?? $"the documents of the folder '{FolderName(settings.Docs)}'";
            options.HasSnippets = settings.Snippets;
        }
    }

    /// <summary>Logs to the standard error alone, as the standard output is the protocol's.</summary>
    public static void LogToStandardError(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("ModelContextProtocol", LogLevel.Warning)
        .AddSimpleConsole(format => (format.SingleLine, format.ColorBehavior) = (true, LoggerColorBehavior.Disabled))
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static string Version => typeof(RetrievalServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string FolderName(string folder) => new DirectoryInfo(folder).Name;
}
