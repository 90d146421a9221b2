namespace LocalRetrieval.Rag;

/// <summary>What shows where the parts of a program start and end.</summary>
internal enum CodeStructure
{
    /// <summary>Brackets, and semicolons between statements.</summary>
    Brackets,

    /// <summary>Brackets, and line ends between statements.</summary>
    BracketsAndLines,

    /// <summary>Indentation.</summary>
    Indentation,

    /// <summary>Semicolons, and BEGIN and END around the statements of a routine.</summary>
    Sql,
}
