namespace LocalRetrieval.Documents.Structure;

/// <summary>What lines that belong together are.</summary>
internal enum BlockKind
{
    Paragraph,
    Heading,
    Code,
    Contents,
    Footnote,
    Table,
}
