namespace WebRag.Documents;

/// <summary>What people call the types of documents, and the endings of their names.</summary>
internal static class DocumentTypes
{
    private const string Other = "other";

    private static readonly (string Type, string[] Endings)[] Known =
    [
        ("markdown", [".md", ".markdown", ".mdx"]),
        ("text", [".txt", ".text", ".log", ".rst"]),
        ("html", [".html", ".htm", ".xhtml"]),
        ("pdf", [".pdf"]),
        ("word", [".docx", ".docm"]),
        ("slides", [".pptx", ".pptm"]),
        ("table", [".xlsx", ".xlsm", ".csv", ".tsv"]),
        ("data", [".json", ".jsonl", ".ipynb"]),
        ("mail", [".eml", ".mbox"]),
    ];

    /// <summary>The type of a document by its name.</summary>
    public static string Of(string name) =>
        Array.Find(Known, known => Array.Exists(known.Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Type ?? Other;
}
