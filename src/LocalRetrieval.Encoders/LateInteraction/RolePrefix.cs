using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>What stands before a text of one role.</summary>
/// <param name="Marker">A token that is put before the text's own, or null.</param>
/// <param name="Text">Text that is put before the text; may be empty.</param>
internal readonly record struct RolePrefix(int? Marker, string Text)
{
    /// <summary>A prompt is text. A prefix of PyLate or Stanford is a token where the tokenizer knows it, whole or by its first word.</summary>
    public static RolePrefix Read(Tokenizer tokenizer, string? prompt, string? prefix)
    {
        if (!string.IsNullOrEmpty(prompt) || string.IsNullOrEmpty(prefix))
        {
            return new RolePrefix(null, prompt ?? "");
        }

        if (tokenizer.TokenToId(prefix) is { } whole)
        {
            return new RolePrefix(whole, "");
        }

        string word = prefix.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return word.Length > 0 && prefix.StartsWith(word, StringComparison.Ordinal) && tokenizer.TokenToId(word) is { } first
            ? new RolePrefix(first, prefix[word.Length..])
            : new RolePrefix(null, prefix);
    }
}
