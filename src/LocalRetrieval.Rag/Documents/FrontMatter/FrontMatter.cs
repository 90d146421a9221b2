namespace LocalRetrieval.Rag;

/// <summary>What stands before a document's body and describes it: YAML, TOML or JSON, as site generators read it.</summary>
internal sealed record FrontMatter
{
    /// <summary>What is longer is no front matter.</summary>
    private const int MaxLength = 256 * 1024;

    /// <summary>Its lines, in UTF-16 units of the document's own text; the body starts at its end. Empty where there is none.</summary>
    public required TextRange Lines { get; init; }

    /// <summary>What it says of the document.</summary>
    public DocumentMetadata Metadata { get; init; } = DocumentMetadata.None;

    /// <summary>What stands between its marks and does not parse, which is text like any other; empty where all is well.</summary>
    public TextRange Unread { get; init; }

    /// <summary>What was made of front matter that does not parse.</summary>
    public IReadOnlyList<DocumentWarning> Warnings { get; init; } = [];

    /// <summary>Finds the front matter of a document.</summary>
    /// <param name="text">The document's own text.</param>
    /// <param name="shift">Where it starts behind a byte order mark.</param>
    /// <param name="context">The document's name and limits.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="InvalidDataException">It is beyond a limit.</exception>
    public static FrontMatter Find(string text, int shift, DocumentContext context, CancellationToken cancellationToken)
    {
        FrontMatter none = new() { Lines = new TextRange(shift, shift) };
        if (FrontMatterBlock.Find(text, shift) is not { } block || (block.Format != FrontMatterFormat.Json && !block.LooksMeant(text) && !block.Content.Trim(text).IsEmpty))
        {
            return none;
        }

        if (block.Format != FrontMatterFormat.Json && block.Content.Length > MaxLength)
        {
            return none with { Warnings = [Kept(block, $"is longer than {MaxLength} characters", 1)] };
        }

        try
        {
            return Read(text, block, context, cancellationToken) ?? none;
        }
        catch (FrontMatterSyntaxException exception)
        {
            int line = Math.Clamp(exception.Line, 1, TextLines.Count(block.Content.Of(text)));
            DocumentWarning warning = Kept(block, $"does not parse: {HeadingPaths.Clean(exception.Message).TrimEnd('.')}", line);
            return new FrontMatter { Lines = block.Lines, Unread = block.Format == FrontMatterFormat.Json ? default : block.Content, Warnings = [warning] };
        }
    }

    /// <summary>Leaves of it what a document's reader sees: the description, unless the body starts with it anyway, and what does not parse.</summary>
    /// <param name="edits">What is left out of the document, and stands for it.</param>
    /// <param name="marks">The document's blocks.</param>
    /// <param name="text">The document's own text.</param>
    public void Show(SourceEdits edits, BlockMarks marks, string text)
    {
        TextRange unread = Unread.Trim(text);
        if (!unread.IsEmpty)
        {
            edits.Hide(Lines with { End = unread.Start });
            edits.Hide(Lines with { Start = unread.End });
            marks.Add(unread.Start, DocumentBlockKind.Lines);
        }
        else if (Metadata.Description is { } description && !BodyStart.Says(text, Lines.End, description))
        {
            edits.Replace(Lines, description + (Lines.End < text.Length && text[Lines.End] is '\r' or '\n' ? "\n" : "\n\n"));
            marks.Add(Lines.Start, DocumentBlockKind.Prose);
        }
        else
        {
            edits.Hide(Lines);
        }
    }

    /// <summary>Appends the title to a document in which nothing else is to be found.</summary>
    /// <returns>The sections: one with the title, or none where there is no title.</returns>
    public IReadOnlyList<DocumentSection> AppendTitleTo(RenderedText rendered)
    {
        if (Metadata.Title is not { } title)
        {
            return [];
        }

        DocumentBlock block = new() { Offset = rendered.Length, Length = title.Length, Kind = DocumentBlockKind.Heading };
        rendered.Insert(title, Lines);
        return [new DocumentSection { Blocks = [block] }];
    }

    private static FrontMatter? Read(string text, FrontMatterBlock block, DocumentContext context, CancellationToken cancellationToken)
    {
        FrontMatterEntries entries = new(context, cancellationToken);
        TextRange lines = block.Lines;
        switch (block.Format)
        {
            case FrontMatterFormat.Json:
                string start = text.Substring(block.Content.Start, Math.Min(block.Content.Length, MaxLength));
                int end = block.Content.Start + JsonFrontMatter.Read(start, entries, context.Options.MaxDepth);
                int next = TextLines.NextLine(text, end);
                if (!text.AsSpan(end, next - end).IsWhiteSpace())
                {
                    return null;
                }

                lines = lines with { End = next };
                break;
            case FrontMatterFormat.Toml:
                TomlFrontMatter.Read(block.Content.Of(text).ToString(), entries, context.Options.MaxDepth);
                break;
            default:
                if (!YamlFrontMatter.Read(block.Content.Of(text).ToString(), entries, cancellationToken))
                {
                    return null;
                }

                break;
        }

        DocumentMetadata metadata = FrontMatterMetadata.Of(entries.Values, out int omitted);
        return new FrontMatter { Lines = lines, Metadata = metadata, Warnings = omitted == 0 ? [] : [Omitted(omitted)] };
    }

    private static DocumentWarning Kept(FrontMatterBlock block, string fault, int line) => new()
    {
        Message = $"The front matter ({block.Format.ToString().ToUpperInvariant()}) {fault}. It was read as text.",
        Line = block.Format == FrontMatterFormat.Json ? line : line + 1,
    };

    private static DocumentWarning Omitted(int count) => new()
    {
        Message = $"The front matter is too long to stand in every passage; {count} of its values were left out of the properties.",
        Line = 1,
    };
}
