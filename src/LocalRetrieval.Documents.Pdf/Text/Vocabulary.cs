namespace LocalRetrieval.Documents.Text;

/// <summary>The words of a document that do not stand at a line's end, where they may be divided.</summary>
internal sealed class Vocabulary
{
    private const int MaxWords = 1_000_000;

    private readonly Dictionary<string, int> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _firsts = new(StringComparer.OrdinalIgnoreCase);
    private bool _isInWord;

    /// <summary>Takes in the words of a line that follows the one before.</summary>
    public void Add(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isDivided = LineEnds.IsDivided(line);
        int start = _isInWord ? 1 : 0, end = words.Length - (isDivided ? 1 : 0);
        _isInWord = isDivided;
        for (int index = start; index < end && _words.Count < MaxWords; index++)
        {
            string word = Trim(words[index]);
            if (word.Length > 1)
            {
                _words[word] = _words.GetValueOrDefault(word) + 1;
                int hyphen = word.IndexOf('-', StringComparison.Ordinal);
                if (hyphen > 1)
                {
                    _firsts.Add(word[..hyphen]);
                }
            }
        }
    }

    /// <summary>Whether two parts of a word, divided at a line's end by a hyphen that may be its own, keep it.</summary>
    /// <param name="first">What stands before the hyphen.</param>
    /// <param name="second">What stands behind it.</param>
    /// <param name="isCompound">Whether the word has another hyphen.</param>
    public bool KeepsHyphen(string first, string second, bool isCompound)
    {
        int joined = Count(first + second), hyphenated = Count(first + "-" + second);
        if (joined != hyphenated)
        {
            return hyphenated > joined;
        }

        return joined == 0
            && (isCompound || (first.Length > 1 && second.Length > 2 && Count(second) > 0 && (Count(first) > 0 || _firsts.Contains(first))));
    }

    private int Count(string word) => _words.GetValueOrDefault(word);

    private static string Trim(string word)
    {
        int start = 0, end = word.Length;
        while (start < end && !char.IsLetterOrDigit(word[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetterOrDigit(word[end - 1]))
        {
            end--;
        }

        return word[start..end];
    }
}
