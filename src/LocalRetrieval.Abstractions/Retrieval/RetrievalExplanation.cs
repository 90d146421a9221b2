namespace LocalRetrieval;

/// <summary>A retrieval and why its passages are what they are.</summary>
/// <remarks>Safe for concurrent reading.</remarks>
public sealed class RetrievalExplanation
{
    /// <summary>Holds what a retrieval with <see cref="RetrievalOptions.Explain"/> gave.</summary>
    /// <param name="result">The result.</param>
    /// <param name="passages">The explanations.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public RetrievalExplanation(RetrievalResult result, IReadOnlyList<PassageExplanation> passages)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(passages);
        Result = result;
        Passages = passages;
    }

    /// <summary>The result, with its candidates, times and notes.</summary>
    public RetrievalResult Result { get; }

    /// <summary>The passages that were returned, best first, and then those that were asked for beside.</summary>
    public IReadOnlyList<PassageExplanation> Passages { get; }

    /// <summary>The explanation of one passage; null where it was neither returned nor asked for.</summary>
    /// <param name="key">The passage's key.</param>
    public PassageExplanation? Of(string key) => Passages.FirstOrDefault(passage => passage.Key == key);
}
