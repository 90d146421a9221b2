using System.Globalization;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Finds passages.</summary>
internal sealed class SearchTool(IPassageRetriever retriever, RetrievalServerOptions options, IndexReadiness readiness) : RetrievalTool(readiness)
{
    public override Tool ProtocolTool { get; } = Describe(
        "search",
        "Search",
        $"Searches {options.Contents} for passages that answer a query. Returns them best first, each with the id by which fetch reads its whole source, a title and a url to cite.",
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"object","properties":{
              "query":{"type":"string","minLength":1,"maxLength":{{ToolArguments.MaxLength}},"description":"What to search for: a question or words."},
              "top":{"type":"integer","minimum":1,"maximum":{{options.MaxTop}},"description":"How many passages to return, at most {{options.MaxTop}}. {{DefaultTop(options)}}"}
            },"required":["query"],"additionalProperties":false}
            """),
        ToolSchemas.Search(options.HasSnippets));

    protected override Func<CancellationToken, Task<CallToolResult>> Prepare(ToolArguments arguments)
    {
        string query = arguments.GetText("query", "a question or words to search for");
        int? top = arguments.GetInteger("top", 1, options.MaxTop);
        return cancellationToken => SearchAsync(query, top, cancellationToken);
    }

    private async Task<CallToolResult> SearchAsync(string query, int? top, CancellationToken cancellationToken)
    {
        RetrievalOptions retrieval = options.Chat.Retrieval?.Clone() ?? new RetrievalOptions();
        retrieval.Top = top ?? retrieval.Top;
        RetrievalResult result = await retriever.RetrieveAsync(query, retrieval, cancellationToken).ConfigureAwait(false);
        SearchResults results = new([.. result.Passages.Select(passage => SourceReference.Of(passage, options.HasSnippets))]);
        return Result(results, ToolJsonContext.Plain.SearchResults);
    }

    private static string DefaultTop(RetrievalServerOptions options) =>
        options.Chat.Retrieval?.Top is { } top ? string.Create(CultureInfo.InvariantCulture, $"The default is {top}.") : "The default is a handful.";
}
