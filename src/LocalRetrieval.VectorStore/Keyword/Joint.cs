namespace LocalRetrieval.VectorData.Keyword;

/// <summary>What joins two parts of a compound. A compound is taken apart in this order.</summary>
internal enum Joint : byte
{
    /// <summary>Nothing: the character belongs to a part.</summary>
    None,

    /// <summary>A point that is no part of a number.</summary>
    Dot,

    /// <summary>A hyphen.</summary>
    Hyphen,

    /// <summary>An apostrophe.</summary>
    Apostrophe,

    /// <summary>An underscore.</summary>
    Underscore,

    /// <summary>A part starts with this character, by its case or after a sign.</summary>
    Start,
}
