namespace LocalRetrieval.Documents;

/// <summary>What a number's format makes of it.</summary>
internal enum NumberKind
{
    /// <summary>A number.</summary>
    General,

    /// <summary>A date, a time, or both.</summary>
    Date,

    /// <summary>A percentage.</summary>
    Percent,
}
