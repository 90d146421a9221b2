namespace LocalRetrieval.Rag;

/// <summary>The words of SQL that open, close and end statements.</summary>
internal static class SqlWords
{
    private const string End = "END";

    private static readonly string[] EndsOfOthers = ["IF", "LOOP", "WHILE", "REPEAT", "FOR"];
    private static readonly string[] Transactions = ["TRANSACTION", "TRAN", "WORK", "ISOLATION", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "READ"];

    /// <summary>What closes what this word opens; null where it opens nothing.</summary>
    public static string? Opens(string text, CodeToken previous, CodeToken word)
    {
        ReadOnlySpan<char> value = word.Of(text);
        if (value.StartsWith("$") && value.EndsWith("$") && value.Length > 1)
        {
            return IsOneOf(previous.Of(text), ["AS", "DO"]) ? value.ToString() : null;
        }

        return IsOneOf(value, ["CASE"]) && !IsOneOf(previous.Of(text), [End]) ? End
            : IsOneOf(value, ["BEGIN"]) && After(text, word) is var next && !next.IsEmpty && next[0] != ';' && !IsOneOf(next, Transactions) ? End
            : null;
    }

    /// <summary>The closer that this word is; null where it is none.</summary>
    public static string? Closer(string text, CodeToken word)
    {
        ReadOnlySpan<char> value = word.Of(text);
        return IsOneOf(value, [End]) ? (IsOneOf(After(text, word), EndsOfOthers) ? null : End)
            : value.Length > 1 && value[0] == '$' && value[^1] == '$' ? value.ToString() : null;
    }

    /// <summary>Whether a line of this word alone ends what is before it.</summary>
    public static bool EndsBatch(string text, CodeToken word) =>
        word.IsFirst && IsOneOf(word.Of(text), ["GO"]) && text.AsSpan(word.End, TextLines.NextLine(text, word.End) - word.End).IsWhiteSpace();

    /// <summary>The word or mark behind a token.</summary>
    private static ReadOnlySpan<char> After(string text, CodeToken token)
    {
        ReadOnlySpan<char> rest = text.AsSpan(token.End, Math.Min(64, text.Length - token.End)).TrimStart();
        int length = 0;
        while (length < rest.Length && char.IsLetter(rest[length]))
        {
            length++;
        }

        return rest[..Math.Min(rest.Length, Math.Max(1, length))];
    }

    private static bool IsOneOf(ReadOnlySpan<char> word, ReadOnlySpan<string> words)
    {
        foreach (string candidate in words)
        {
            if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
