namespace LocalRetrieval.Rag;

/// <summary>A record on its way through the stages of a retrieval, with what each of them said of it.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
/// <remarks>Stages read it; the retriever writes their scores down between them.</remarks>
public sealed class RetrievalCandidate<TRecord>
    where TRecord : class
{
    private readonly List<StageScore> _stages = [];

    internal RetrievalCandidate(string collection, TRecord record, string key, string text)
    {
        Collection = collection;
        Record = record;
        Key = key;
        Text = text;
    }

    /// <summary>The name of the collection that it is of.</summary>
    public string Collection { get; }

    /// <summary>The record.</summary>
    public TRecord Record { get; }

    /// <summary>Its key in the collection, as text.</summary>
    public string Key { get; }

    /// <summary>What rerankers read of it: heading path, newline, text.</summary>
    public string Text { get; }

    /// <summary>The score and rank that each stage gave so far, in the order of the stages.</summary>
    public IReadOnlyList<StageScore> Stages => _stages;

    /// <summary>The score that decides the order; 0 until the candidates are ordered.</summary>
    public double Score { get; internal set; }

    /// <summary>What the stages add to <see cref="Score"/>; empty until the candidates are ordered.</summary>
    public IReadOnlyList<StageContribution> Contributions { get; private set; } = [];

    /// <summary>Why it is not returned; null where nothing speaks against it.</summary>
    public string? Omission { get; internal set; }

    /// <summary>The probability that it answers; null where it is not known.</summary>
    public double? Relevance { get; internal set; }

    /// <summary>The cross-encoder's score after its activation; null where it did not read the candidate.</summary>
    internal double? RerankerActivation { get; set; }

    /// <summary>The candidates that say the same and were left out for this one.</summary>
    internal List<RetrievalCandidate<TRecord>> Duplicates { get; } = [];

    /// <summary>The score and rank of one stage, or null where it gave none.</summary>
    /// <param name="stage">The stage's name; see <see cref="RetrievalStage"/>.</param>
    public StageScore? Stage(string stage)
    {
        int index = _stages.FindIndex(score => score.Stage == stage);
        return index < 0 ? null : _stages[index];
    }

    /// <summary>Says why a selector drops the candidate, for <see cref="RetrievedPassage.Omission"/>; what is kept all the same is returned without it.</summary>
    /// <param name="reason">The reason, a clause such as <c>has the text of guide.md</c>. Without one, the selector's type is named.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null, empty or white space.</exception>
    public void Omit(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Omission = reason;
    }

    /// <summary>Makes the sum of what the stages add the final score.</summary>
    internal void Order(StageContribution[] contributions)
    {
        Contributions = contributions;
        Score = contributions.Sum(contribution => contribution.Value);
    }

    internal void Add(StageScore score) => _stages.Add(score);

    /// <summary>Takes back what a stage said.</summary>
    internal void Remove(string stage) => _stages.RemoveAll(score => score.Stage == stage);

    /// <summary>Takes back what selection made of it.</summary>
    internal void Unselect()
    {
        Omission = null;
        Duplicates.Clear();
    }

    /// <summary>Puts the stages into the order in which a pipeline names them.</summary>
    internal void Arrange(string[] names) => _stages.Sort((left, right) => Array.IndexOf(names, left.Stage).CompareTo(Array.IndexOf(names, right.Stage)));
}
