using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>What becomes of the delimiters that a text is cut at.</summary>
internal enum SplitDelimiterBehavior
{
    /// <summary>They are dropped.</summary>
    Removed,

    /// <summary>Each is a piece.</summary>
    Isolated,

    /// <summary>Each belongs to the piece before it, unless that is a delimiter.</summary>
    MergedWithPrevious,

    /// <summary>Each belongs to the piece after it, unless that is a delimiter.</summary>
    MergedWithNext,

    /// <summary>Those in a row are one piece.</summary>
    Contiguous,
}

/// <summary>Reads the field "behavior".</summary>
internal static class SplitDelimiterBehaviorReader
{
    public static SplitDelimiterBehavior Read(JsonField field) => field.String() switch
    {
        "Removed" => SplitDelimiterBehavior.Removed,
        "Isolated" => SplitDelimiterBehavior.Isolated,
        "MergedWithPrevious" => SplitDelimiterBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitDelimiterBehavior.MergedWithNext,
        "Contiguous" => SplitDelimiterBehavior.Contiguous,
        string other => throw field.Invalid($"'{other}'", string.Join(", ", Enum.GetNames<SplitDelimiterBehavior>())),
    };
}
