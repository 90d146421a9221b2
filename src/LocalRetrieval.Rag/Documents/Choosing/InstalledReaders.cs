using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LocalRetrieval.Rag;

/// <summary>The readers of this package, and of its companions that the application has.</summary>
internal static class InstalledReaders
{
    // A type's name that stands in the call is one that trimming keeps.
    private static readonly Func<IDocumentReader?>[] Companions =
    [
        () => Create(Type.GetType("LocalRetrieval.Documents.MailReader, LocalRetrieval.Documents.Mail", throwOnError: false)),
        () => Create(Type.GetType("LocalRetrieval.Documents.ExcelReader, LocalRetrieval.Documents.Office", throwOnError: false)),
        () => Create(Type.GetType("LocalRetrieval.Documents.PowerPointReader, LocalRetrieval.Documents.Office", throwOnError: false)),
        () => Create(Type.GetType("LocalRetrieval.Documents.WordReader, LocalRetrieval.Documents.Office", throwOnError: false)),
        () => Create(Type.GetType("LocalRetrieval.Documents.HtmlReader, LocalRetrieval.Documents.Html", throwOnError: false)),
        () => Create(Type.GetType("LocalRetrieval.Documents.PdfReader, LocalRetrieval.Documents.Pdf", throwOnError: false)),
    ];

    /// <summary>One of each; the last is asked first.</summary>
    public static IEnumerable<IDocumentReader> Create() =>
        [
            PlainTextReader.Instance,
            MarkdownReader.Instance,
            SourceCodeReader.Instance,
            TabularReader.Instance,
            JsonDocumentReader.Instance,
            JsonLinesReader.Instance,
            NotebookReader.Instance,
            .. Companions.Select(create => create()).OfType<IDocumentReader>(),
        ];

    private static IDocumentReader? Create([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type? reader) =>
        (IDocumentReader?)reader?.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
}
