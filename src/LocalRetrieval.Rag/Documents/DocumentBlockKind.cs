namespace LocalRetrieval.Rag;

/// <summary>Where a block that is too long is cut first.</summary>
public enum DocumentBlockKind
{
    /// <summary>Running text, cut at the ends of sentences.</summary>
    Prose,

    /// <summary>Lines that stand for themselves, such as a formula or a log, cut at their ends.</summary>
    Lines,

    /// <summary>Code, whose lines keep their indentation; cut at blank lines and ends of blocks where one is near. Fences of Markdown may stand around it.</summary>
    Code,

    /// <summary>A table, a row a line, its cells between unescaped <c>|</c>; cut between rows, and a long row between cells.</summary>
    Table,

    /// <summary>A heading that nothing stands below.</summary>
    Heading,
}
