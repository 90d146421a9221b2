using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Writes passages as numbered sources, within a token budget.</summary>
/// <remarks>
/// <para>Each source is a line with its number, name, page and headings, then its text; a blank line stands between two. Passages are taken
/// whole, in their order; one that does not fit is left out and the next is tried. The first is never left out: if it does not fit, its
/// start is the whole context.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class ContextBuilder
{
    private const string Separator = "\n\n";

    private readonly ITokenCounter _counter;
    private readonly int _maxTokens;

    /// <summary>A builder that counts with <paramref name="counter"/>.</summary>
    /// <param name="counter">Counts tokens.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="counter"/> is null.</exception>
    public ContextBuilder(ITokenCounter counter, ContextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        _counter = counter;
        _maxTokens = (options ?? new ContextOptions()).MaxTokens;
    }

    /// <summary>The context of <paramref name="passages"/>.</summary>
    /// <param name="passages">The passages, best first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="passages"/> is null.</exception>
    public RetrievalContext Build(IReadOnlyList<RetrievedPassage> passages)
    {
        ArgumentNullException.ThrowIfNull(passages);
        StringBuilder text = new();
        List<ContextSource> sources = [];
        int omitted = 0;
        foreach (RetrievedPassage passage in passages)
        {
            int number = sources.Count + 1;
            string entry = $"{(number == 1 ? "" : Separator)}{Header(number, passage)}{passage.Text}";
            if (text.Length + entry.Length <= CharacterLimit.Of(_maxTokens) && _counter.CountTokens($"{text}{entry}") <= _maxTokens)
            {
                text.Append(entry);
                sources.Add(new ContextSource { Number = number, Passage = passage });
            }
            else if (sources.Count == 0)
            {
                return Cut(passage, passages.Count - 1);
            }
            else
            {
                omitted++;
            }
        }

        return new RetrievalContext
        {
            Text = text.ToString(),
            Sources = sources,
            TokenCount = _counter.CountTokens(text.ToString()),
            Omitted = omitted,
        };
    }

    private RetrievalContext Cut(RetrievedPassage passage, int omitted)
    {
        string entry = Header(1, passage) + passage.Text;
        entry = entry[..CharacterLimit.Cut(entry, CharacterLimit.Of(_maxTokens))];
        string text = entry[.._counter.IndexOfTokenLimit(entry, _maxTokens, out int tokens)];
        ContextSource source = new() { Number = 1, Passage = passage, IsCut = true };
        return new RetrievalContext { Text = text, Sources = [source], TokenCount = tokens, Omitted = omitted };
    }

    private static string Header(int number, RetrievedPassage passage) =>
        $"[{number}] {PassageTitle.Of(passage)}".TrimEnd() + "\n";
}
