namespace LocalRetrieval;

/// <summary>A word of a query that a record has, and what it adds to the record's score.</summary>
public sealed class KeywordMatch
{
    /// <summary>The word as it stands in the query: "wings".</summary>
    public required string Word { get; init; }

    /// <summary>The term that query and record have in common: "wing".</summary>
    public required string Term { get; init; }

    /// <summary>What it adds to the score of the keyword search, which is the sum over the matches.</summary>
    public required double Score { get; init; }

    /// <summary>How rare the term is, times how often the query asks for it: BM25's idf.</summary>
    public required double Weight { get; init; }

    /// <summary>How often the record has it, a property of weight 3 counting thrice: BM25's term frequency.</summary>
    public required double Frequency { get; init; }

    /// <summary>The names of the record's properties that have it.</summary>
    public required IReadOnlyList<string> Properties { get; init; }

    /// <summary>The word and its score.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(string.Equals(Word, Term, StringComparison.OrdinalIgnoreCase) ? Word : $"{Word} as {Term}")} {Score:0.##}");
}
