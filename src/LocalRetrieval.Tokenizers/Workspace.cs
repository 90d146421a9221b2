using LocalRetrieval.Tokenizers.AddedTokens;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers;

/// <summary>
/// The buffers of one call. Each thread keeps as many sets as it once used at a time, so that a call allocates no more than its
/// result.
/// </summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The length of the longest text whose buffers are kept.</summary>
    private const int LongestKept = 1 << 18;

    [ThreadStatic]
    private static Workspace? s_kept;

    private Workspace? _nextKept;
    private int _longest;

    private Workspace() => Pieces = new PreTokenizedText(Text);

    public NormalizedText Text { get; } = new();

    public PreTokenizedText Pieces { get; }

    public TokenBuffer Tokens { get; } = new();

    public List<AddedTokenMatch> Matches { get; } = [];

    public List<AddedTokenMatch> NormalizedMatches { get; } = [];

    /// <summary>A set that the thread keeps, or a new one where all are in use. Dispose gives it back.</summary>
    /// <param name="textLength">The length of the text that it is for.</param>
    public static Workspace Rent(int textLength)
    {
        Workspace workspace = s_kept ?? new Workspace();
        s_kept = workspace._nextKept;
        workspace._longest = Math.Max(workspace._longest, textLength);
        return workspace;
    }

    public void Dispose()
    {
        if (_longest <= LongestKept)
        {
            _nextKept = s_kept;
            s_kept = this;
        }
    }
}
