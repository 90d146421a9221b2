using System.Text;

namespace LocalRetrieval.Tokenizers.Tests.Models;

/// <summary>BPE by its definition: the whole word at once, all pairs looked at for each merge, nothing remembered.</summary>
internal sealed class NaiveBpe(IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<(string Left, string Right)> merges, string? unknown, bool fuses, bool bytes)
{
    /// <summary>The tokens of a word and, of each, how many bytes of the word it covers.</summary>
    public List<(string Token, int Length)> Tokenize(string word)
    {
        List<(string Token, int Length)> symbols = Characters(word);
        while (true)
        {
            (int rank, int at) = (int.MaxValue, 0);
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                int found = Rank(symbols[i].Token, symbols[i + 1].Token);
                (rank, at) = found < rank ? (found, i) : (rank, at);
            }

            if (rank == int.MaxValue)
            {
                return symbols;
            }

            symbols[at] = (symbols[at].Token + symbols[at + 1].Token, symbols[at].Length + symbols[at + 1].Length);
            symbols.RemoveAt(at + 1);
        }
    }

    private int Rank(string left, string right)
    {
        for (int i = merges.Count - 1; i >= 0; i--)
        {
            if (merges[i] == (left, right))
            {
                return i;
            }
        }

        return int.MaxValue;
    }

    private List<(string Token, int Length)> Characters(string word)
    {
        List<(string Token, int Length)> symbols = [];
        int waiting = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(rune.ToString());
            string[] byteTokens = [.. utf8.Select(value => $"<0x{value:X2}>")];
            if (vocabulary.ContainsKey(rune.ToString()))
            {
                Flush();
                symbols.Add((rune.ToString(), utf8.Length));
            }
            else if (bytes && byteTokens.All(vocabulary.ContainsKey))
            {
                symbols.AddRange(byteTokens.Select(token => (token, 1)));
            }
            else if (unknown is not null)
            {
                if (!fuses)
                {
                    Flush();
                }

                waiting += utf8.Length;
            }
        }

        Flush();
        return symbols;

        void Flush()
        {
            if (waiting > 0)
            {
                symbols.Add((unknown!, waiting));
                waiting = 0;
            }
        }
    }
}
