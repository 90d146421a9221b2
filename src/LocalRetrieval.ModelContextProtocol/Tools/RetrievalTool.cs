using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>A tool that waits for the index, reads its arguments strictly, and gives structured content and the same as a text.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal abstract class RetrievalTool(IndexReadiness readiness) : McpServerTool
{
    public override IReadOnlyList<object> Metadata => [];

    public sealed override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        try
        {
            // What is asked wrongly is told at once, before anybody waits.
            Func<CancellationToken, Task<CallToolResult>> run = Prepare(new ToolArguments(ProtocolTool, request.Params.Arguments));
            await readiness.WaitAsync(request.Server, request.Params.ProgressToken, cancellationToken).ConfigureAwait(false);
            return await run(cancellationToken).ConfigureAwait(false);
        }
        catch (ToolArgumentException exception)
        {
            return Error(exception.Message);
        }
    }

    /// <summary>Reads the arguments.</summary>
    /// <returns>What the call does.</returns>
    /// <exception cref="ToolArgumentException">One is wrong.</exception>
    protected abstract Func<CancellationToken, Task<CallToolResult>> Prepare(ToolArguments arguments);

    protected static Tool Describe(string name, string title, string description, string inputSchema, string outputSchema, bool isOpenWorld = false) => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = JsonElement.Parse(inputSchema),
        OutputSchema = JsonElement.Parse(outputSchema),
        Annotations = new ToolAnnotations { Title = title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = isOpenWorld },
    };

    /// <summary>A result that says the same twice: clients before structured content read the text.</summary>
    protected static CallToolResult Result<T>(T value, JsonTypeInfo<T> type)
    {
        string json = JsonSerializer.Serialize(value, type);
        return new CallToolResult { StructuredContent = JsonElement.Parse(json), Content = [new TextContentBlock { Text = json }] };
    }

    private static CallToolResult Error(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };
}
