namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Turns ids back into text.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int[] copy = [.. ids];
        return Decode(copy.AsSpan(), skipSpecialTokens);
    }

    /// <summary>Turns ids back into text.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        List<string> tokens = new(ids.Length);
        foreach (int id in ids)
        {
            if (IdToToken(id) is { } token && !(skipSpecialTokens && Added.IsSpecial(token)))
            {
                tokens.Add(token);
            }
        }

        if (_decoder is null)
        {
            return string.Join(' ', tokens);
        }

        _decoder.Decode(tokens);
        return string.Concat(tokens);
    }
}
