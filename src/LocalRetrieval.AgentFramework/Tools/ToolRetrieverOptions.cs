using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Options of a <see cref="ToolRetriever"/>.</summary>
public sealed class ToolRetrieverOptions
{
    /// <summary>The defaults.</summary>
    public ToolRetrieverOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public ToolRetrieverOptions(ToolRetrieverOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Top = other.Top;
        Always = other.Always;
        Reranked = other.Reranked;
        VectorWeight = other.VectorWeight;
        RerankerWeight = other.RerankerWeight;
        Text = other.Text;
    }

    /// <summary>How many tools are chosen for a run, those of <see cref="Always"/> not counted. Where there are no more, all are handed on.</summary>
    /// <value>At least 1. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Top));
            field = value;
        }
    } = 5;

    /// <summary>The names of tools that are handed on in each run, whatever is asked. A run whose tools lack one of them is refused.</summary>
    /// <value>The default is an empty list. The list is copied.</value>
    /// <exception cref="ArgumentException">The value is null, or a name in it is null, empty or white space.</exception>
    public IReadOnlyList<string> Always
    {
        get;
        set => field = value is not null && !value.Any(string.IsNullOrWhiteSpace)
            ? value as ImmutableList<string> ?? [.. value]
            : throw new ArgumentException("The names of tools are not null or blank; an empty list is for none.", nameof(Always));
    } = [];

    /// <summary>How many of the tools that the vectors rank first are reranked, where there is a reranker.</summary>
    /// <value>At least 1. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Reranked
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Reranked));
            field = value;
        }
    } = 20;

    /// <summary>The weight of the vectors' standard score beside the reranker's.</summary>
    /// <value>0 or more. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double VectorWeight { get; set => field = Weight(value, nameof(VectorWeight)); } = 1;

    /// <summary>The weight of the reranker's standard score.</summary>
    /// <value>0 or more. The default is 0.3: a cross-encoder that was trained on passages says less of tools than the vectors do.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double RerankerWeight { get; set => field = Weight(value, nameof(RerankerWeight)); } = 0.3;

    /// <summary>The text that a tool is found by.</summary>
    /// <value>Null for its name in words, its description, and the names and descriptions of its parameters. The default is null.</value>
    public Func<AIFunctionDeclaration, string>? Text { get; set; }

    private static double Weight(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A weight is finite and not negative.");
}
