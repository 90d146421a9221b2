using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Tells, by their words, texts that say different things from copies: vectors of opposite statements are nearly the same.</summary>
internal static partial class TellingWords
{
    /// <summary>With so many words in common, texts that differ in a few are one form that was filled in differently: what differs is what they say.</summary>
    private const int CommonWordsOfForm = 8;
    private const int FewWords = 3;

    /// <summary>Words of this length, with the same beginning, that differ in so many letters are one word in two forms, or misspelt.</summary>
    private const int LengthOfForms = 5;
    private const int BeginningOfForms = 4;
    private const int LettersOfForms = 2;

    private static readonly HashSet<string> Negations = new(
        ("not no never none nor neither nobody nothing without unless except cannot t nicht kein keine keinen keinem keiner nie niemals ohne außer ne pas jamais aucun aucune sans rien sauf "
            + "nunca jamás sin ningún ninguna ni nada salvo non mai senza nessun nessuna né tranne não nem sem nenhum nenhuma exceto niet geen nooit zonder noch behalve inte ej aldrig utan utom "
            + "ikke aldri uten aldrig uden undtagen unntatt ei eivät älä ilman paitsi nie bez ani żaden oprócz не нет ни никогда без кроме değil hiç yok hariç").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether two texts differ in a number, a unit, a sign or a negation, are one form with other words filled in, or have less than half of their words in common.</summary>
    public static bool Differ(string left, string right)
    {
        Dictionary<string, int> counts = Count(left);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        int common = 0;
        List<string> others = [];
        foreach (ValueMatch match in Word().EnumerateMatches(right))
        {
            ReadOnlySpan<char> word = right.AsSpan(match.Index, match.Length);
            if (lookup.TryGetValue(word, out int count) && count > 0)
            {
                lookup[word] = count - 1;
                common++;
            }
            else
            {
                others.Add(word.ToString());
            }
        }

        List<string> own = [.. counts.SelectMany(count => Enumerable.Repeat(count.Key, count.Value))];
        int unlike = others.Count;
        RemoveForms(own, others);
        common += unlike - others.Count;

        // An encoder gives texts of a script that it cannot read one and the same vector, whatever they say.
        bool areOthers = Math.Min(own.Count, others.Count) > Math.Max(common, FewWords);
        return areOthers || own.Exists(Tells) || others.Exists(Tells) || (common >= CommonWordsOfForm && own.Count is > 0 and <= FewWords && others.Count is > 0 and <= FewWords);
    }

    private static Dictionary<string, int> Count(string text)
    {
        Dictionary<string, int> counts = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ValueMatch match in Word().EnumerateMatches(text))
        {
            ReadOnlySpan<char> word = text.AsSpan(match.Index, match.Length);
            lookup[word] = lookup.TryGetValue(word, out int count) ? count + 1 : 1;
        }

        return counts;
    }

    /// <summary>Takes words out that both texts have, in two forms.</summary>
    private static void RemoveForms(List<string> own, List<string> others)
    {
        if (own.Count > FewWords || others.Count > FewWords)
        {
            return;
        }

        foreach (string word in own.ToArray())
        {
            int form = others.FindIndex(other => AreForms(word, other));
            if (form >= 0)
            {
                others.RemoveAt(form);
                own.Remove(word);
            }
        }
    }

    private static bool AreForms(string left, string right) =>
        left.Length >= LengthOfForms && right.Length >= LengthOfForms && Math.Abs(left.Length - right.Length) <= LettersOfForms
            && left.AsSpan(0, BeginningOfForms).Equals(right.AsSpan(0, BeginningOfForms), StringComparison.OrdinalIgnoreCase)
            && left.All(char.IsLetter) && right.All(char.IsLetter)
            && Distance(left, right) <= LettersOfForms;

    /// <summary>How many letters must be put in, taken out or changed to make one word of the other.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[^1];
    }

    /// <summary>Whether a word that only one of two texts has changes what they say.</summary>
    private static bool Tells(string word) =>
        !char.IsLetter(word[0]) || word.Any(char.IsNumber) || Negations.Contains(word) || Roman().IsMatch(word);

    // A number with its sign and unit, a word, or a symbol.
    [GeneratedRegex(@"[-−+±<>≤≥≈]?\p{N}+(?:[.,:/]\p{N}+)*(?:\s?[\p{Sc}%‰°′″]\s?\p{L}?\b)?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*|[\p{Sc}%‰°]")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")]
    private static partial Regex Roman();
}
