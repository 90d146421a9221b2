using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Prepend": puts something before a text that is not empty.</summary>
internal sealed class PrependNormalizer : Normalizer
{
    private readonly string _prefix;

    private PrependNormalizer(string prefix) => _prefix = prefix;

    /// <summary>Reads the component's section.</summary>
    public static PrependNormalizer Read(JsonField section)
    {
        JsonField prefix = section["prepend"];
        return prefix.String().Length > 0 ? new PrependNormalizer(prefix.String()) : throw prefix.Invalid("''", "a text that is not empty");
    }

    public override void Normalize(NormalizedText text)
    {
        if (text.Length == 0)
        {
            return;
        }

        text.Reserve(text.Length + _prefix.Length);
        foreach (char unit in _prefix)
        {
            text.Append(unit, 0);
        }

        text.AppendRange(0, text.Length);
        text.Commit();
    }
}
