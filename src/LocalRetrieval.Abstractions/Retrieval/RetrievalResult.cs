using System.Globalization;
using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>What one retrieval found.</summary>
/// <remarks>
/// <para>System.Text.Json writes what was asked and searched, the passages, timings and notes, and nothing of records and vectors; what it wrote can be read as a
/// <see cref="RetrievalResult"/>.</para>
/// <para>Middleware makes another out of one by <c>with</c>, which keeps the type and what it does not name.</para>
/// <para>Safe for concurrent reading.</para>
/// </remarks>
public record RetrievalResult
{
    /// <summary>Holds <paramref name="passages"/>, which are in order already.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passages">The passages, best first.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public RetrievalResult(string query, IReadOnlyList<RetrievedPassage> passages)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(passages);
        Query = query;
        Passages = passages;
    }

    /// <summary>The query, as it was asked.</summary>
    [JsonPropertyOrder(-3)]
    public string Query { get; init; }

    /// <summary>The passages, best first unless <see cref="SelectionOptions.Placement"/> says otherwise.</summary>
    [JsonPropertyOrder(-2)]
    public IReadOnlyList<RetrievedPassage> Passages { get; }

    /// <summary>How many tokens of the query the encoder did not read, since the query is longer than its limit. JSON leaves out a zero.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long DroppedQueryTokens { get; init; }

    /// <summary>All candidates, those that were cut included, first those that the generators together found first: what the final order was chosen from. JSON leaves them out.</summary>
    [JsonIgnore]
    public IReadOnlyList<RetrievedPassage> Candidates { get; init; } = [];

    /// <summary>How many of the candidates passed the request's filter and thresholds, before selection took of them; null where the retriever does not say. JSON leaves it out.</summary>
    [JsonIgnore]
    public int? PassedCount { get; init; }

    /// <summary>How long each stage took, in the order in which they ran.</summary>
    [JsonPropertyOrder(-1)]
    public IReadOnlyList<StageTiming> Timings { get; init; } = [];

    /// <summary>The query that was searched for and that the passages were scored against, where something rewrote the one that was asked; else null, which JSON leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SearchQuery { get; init; }

    /// <summary>The further queries that found candidates; see <see cref="RetrievalOptions.Queries"/>. Null where there were none, which JSON leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Queries { get; init; }

    /// <summary>The texts whose vectors were searched for beside the query's; see <see cref="RetrievalOptions.HypotheticalDocuments"/>. Null where there were none, which JSON leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? HypotheticalDocuments { get; init; }

    /// <summary>What stages did that scores and times do not show, in the order in which they ran. Null where there is nothing to say, which JSON leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RetrievalNote>? Notes { get; init; }

    /// <summary>Why the passages are what they are, where <see cref="RetrievalOptions.Explain"/> asked; null where it did not, or the retriever does not explain. JSON leaves them out.</summary>
    [JsonIgnore]
    public IReadOnlyList<PassageExplanation>? Explanations { get; init; }

    /// <summary>Whether nothing was searched, since nothing was asked that could be looked up: a greeting, or thanks. JSON leaves out a false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSkipped { get; init; }

    /// <summary>The figures, in a line.</summary>
    public sealed override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Passages.Count} passages of {Candidates.Count} candidates{(Timings.Count == 0 ? "" : $" ({string.Join(", ", Timings.Select(Describe))})")}");

    private static string Describe(StageTiming timing) =>
        string.Create(CultureInfo.InvariantCulture, $"{timing.Stage} {timing.Elapsed.TotalMilliseconds:0.0} ms");
}
