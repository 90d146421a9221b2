namespace LocalRetrieval.Rag;

/// <summary>What becomes of a marker whose number no source has.</summary>
public enum UnknownNumbers
{
    /// <summary>It stays in the text, and is no citation.</summary>
    Keep,

    /// <summary>It is taken from the text, with the space before it; from a marker that also names sources, only the number is. Numbers from
    /// 1000 on, which may be years, and what may be code stay. A stream is delivered up to 32 UTF-16 units later.</summary>
    Remove,
}
