using System.Globalization;
using LocalRetrieval.Rag;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Reads the source of a passage.</summary>
internal sealed class FetchTool(ISourceReader sources, RetrievalServerOptions options, IndexReadiness readiness) : RetrievalTool(readiness)
{
    public override Tool ProtocolTool { get; } = Describe(
        "fetch",
        "Fetch",
        string.Create(CultureInfo.InvariantCulture, $"Reads the whole source of a passage that search found, at most {options.MaxTextLength} characters at once; where metadata has a nextOffset, fetch it with that offset to read on."),
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"object","properties":{
              "id":{"type":"string","minLength":1,"maxLength":{{ToolArguments.MaxLength}},"description":"An id that search gave."},
              "offset":{"type":"integer","minimum":0,"description":"Where to read on, as the metadata of an earlier fetch says. The default is 0, the start."}
            },"required":["id"],"additionalProperties":false}
            """),
        ToolSchemas.Fetch);

    protected override Func<CancellationToken, Task<CallToolResult>> Prepare(ToolArguments arguments)
    {
        string id = arguments.GetText("id", "an id that search gave");
        int offset = arguments.GetInteger("offset", 0, int.MaxValue) ?? 0;
        return cancellationToken => FetchAsync(arguments, id, offset, cancellationToken);
    }

    private async Task<CallToolResult> FetchAsync(ToolArguments arguments, string id, int offset, CancellationToken cancellationToken)
    {
        SourceText source = await sources.ReadSourceByIdAsync(id, options.Chat.Retrieval, cancellationToken).ConfigureAwait(false)
            ?? throw arguments.Wrong("knows no such id; ids are neither paths nor addresses, so call search first and pass an id that it gave");
        if (offset > 0 && offset >= source.Text.Length)
        {
            throw arguments.Wrong(string.Create(CultureInfo.InvariantCulture, $"takes as 'offset' a whole number from 0 to {source.Text.Length - 1} for this source, and it was {offset}"));
        }

        int end = End(source.Text, offset);
        FetchedSource fetched = new()
        {
            Id = id.Trim(),
            Title = OneLine.Of(PassageTitle.Of(source)),
            Text = source.Text[offset..end],
            Url = SourceUri.Of(source.Source),
            Metadata = new FetchedMetadata
            {
                Source = source.Source,
                Passages = source.Passages,
                Length = source.Text.Length,
                Offset = offset,
                NextOffset = end < source.Text.Length ? end : null,
            },
        };
        return Result(fetched, ToolJsonContext.Plain.FetchedSource);
    }

    /// <summary>Cuts no character in two.</summary>
    private int End(string text, int offset)
    {
        int end = (int)Math.Min(text.Length, (long)offset + options.MaxTextLength);
        return end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }
}
