using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Reads PowerPoint files: a section a slide, with its title, texts, tables and notes; the page is the slide's number.</summary>
/// <remarks>Hidden slides are left out, with a warning. Nothing is fetched, and no macro runs. Safe for concurrent use.</remarks>
public sealed class PowerPointReader : IDocumentReader
{
    /// <summary>The reader.</summary>
    public static PowerPointReader Instance { get; } = new();

    /// <inheritdoc />
    public Rag.ReaderFormat Format { get; } = new()
    {
        Name = "PowerPoint",
        Extensions = [".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"],
        Matches = sample => sample.ZipEntries.Contains("ppt/presentation.xml", StringComparer.OrdinalIgnoreCase),
    };

    /// <inheritdoc />
    public Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default) => OfficePackage.ReadAsync(
        stream,
        context,
        (bytes, settings) => PresentationDocument.Open(bytes, isEditable: false, settings),
        document => Read(document, context, cancellationToken),
        cancellationToken);

    private static DocumentContent Read(PresentationDocument document, DocumentContext context, CancellationToken cancellationToken)
    {
        PresentationPart presentation = document.PresentationPart
            ?? throw new InvalidDataException($"'{context.Source}' has no presentation part. Open it in PowerPoint and save it anew.");
        DocumentContentBuilder builder = new(context, OfficeMetadata.Read(document, title: null));
        builder.EmptyReason = "its slides hold no text";
        SlideReader slides = new(builder);
        int hidden = 0;
        foreach (SlideId id in presentation.Presentation?.SlideIdList?.Elements<SlideId>() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Page = (builder.Page ?? 0) + 1;
            if (id.RelationshipId?.Value is not { } relationship || !presentation.TryGetPartById(relationship, out OpenXmlPart? part) || part is not SlidePart slide)
            {
                builder.Warn($"slide {builder.Page} is missing and was left out");
            }
            else if (slide.Slide?.Show?.Value == false)
            {
                hidden++;
            }
            else
            {
                slides.Read(slide);
            }
        }

        if (hidden > 0)
        {
            builder.Warn($"{hidden} hidden slides were left out");
        }

        return builder.Build();
    }
}
