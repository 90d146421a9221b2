using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>The tools of a server.</summary>
internal sealed class RetrievalTools
{
    private RetrievalTools(IReadOnlyList<McpServerTool> all) => All = all;

    /// <summary>Those that the services allow.</summary>
    public IReadOnlyList<McpServerTool> All { get; }

    /// <exception cref="InvalidOperationException">There is no retriever.</exception>
    public static RetrievalTools Create(IServiceProvider services, RetrievalServerOptions options, object? serviceKey)
    {
        IPassageRetriever retriever = KeyedServices.Require<IPassageRetriever>(services, serviceKey, "AddLocalRetrieval()");
        IndexReadiness readiness = IndexReadiness.Of(services, serviceKey);
        List<McpServerTool> tools = [new SearchTool(retriever, options, readiness)];
        if (retriever.GetService<ISourceReader>() is { } sources)
        {
            tools.Add(new FetchTool(sources, options, readiness));
        }

        if (KeyedServices.Find<IChatClient>(services, serviceKey) is { } chat)
        {
            tools.Add(new AskTool(chat, retriever, options, readiness));
        }

        return new RetrievalTools(tools);
    }
}
