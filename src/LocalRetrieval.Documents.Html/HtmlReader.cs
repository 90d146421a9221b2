using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>
/// Reads HTML pages: the main content with its headings, lists, tables and code, without navigation, banners, cookie notices, footers and
/// what is hidden; title, description, language, author, dates, keywords and canonical address from the head and JSON-LD.
/// </summary>
/// <remarks>
/// <para>Nothing is fetched, no script is run, and frames are not followed. Where what looks like the main content holds little of the page,
/// the whole body is read.</para>
/// <para>Elements nested deeper than <see cref="DocumentReadingOptions.MaxDepth"/>, and never more than 500, and more elements than
/// <see cref="DocumentReadingOptions.MaxExpandedBytes"/> allows, 128 bytes each, are refused. Safe for concurrent use.</para>
/// </remarks>
public sealed class HtmlReader : IDocumentReader
{
    /// <summary>The reader.</summary>
    public static HtmlReader Instance { get; } = new();

    /// <inheritdoc />
    public ReaderFormat Format { get; } = new()
    {
        Name = "HTML",
        Extensions = [".html", ".htm", ".xhtml"],
        Matches = sample => HtmlSignature.Matches(sample.Start.Span),
        IsText = true,
    };

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="context"/> is null.</exception>
    public async Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        string html = await HtmlDecoder.DecodeAsync(stream, context, cancellationToken).ConfigureAwait(false);
        using IHtmlDocument document = HtmlParsing.Parse(html, context, cancellationToken);
        return Read(document, context, cancellationToken);
    }

    private static DocumentContent Read(IHtmlDocument document, DocumentContext context, CancellationToken cancellationToken)
    {
        DocumentContentBuilder builder = new(context, PageMetadata.Read(document, cancellationToken));
        if (document.Body is not { } body)
        {
            builder.EmptyReason = "it has no body";
            return builder.Build();
        }

        if (body.LocalName == "frameset")
        {
            builder.EmptyReason = "it only holds frames, which are not followed; read the pages that they show";
            return builder.Build();
        }

        PageNoise noise = PageNoise.Find(body, cancellationToken);
        TextSizes sizes = TextSizes.Measure(body, noise.Contains, cancellationToken);
        BlockWriter writer = new(builder, noise, sizes, cancellationToken);
        foreach (IElement root in MainContent.Choose(body, sizes, cancellationToken))
        {
            writer.Write(root);
        }

        builder.EmptyReason = "its page has no text, or one that only a script would make, and scripts are not run";
        return builder.Build();
    }
}
