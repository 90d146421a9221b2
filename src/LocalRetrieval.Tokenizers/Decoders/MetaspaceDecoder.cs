using System.Text;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"Metaspace": writes the replacement as a space again, and drops those of the first token where one was put before it.</summary>
internal sealed class MetaspaceDecoder : Decoder
{
    private readonly string _replacement;
    private readonly bool _prepends;

    private MetaspaceDecoder(Rune replacement, PrependScheme scheme)
    {
        _replacement = replacement.ToString();
        _prepends = scheme != PrependScheme.Never;
    }

    /// <summary>Reads the component's section.</summary>
    public static MetaspaceDecoder Read(JsonField section)
    {
        _ = section.Optional("split")?.Boolean();
        return new MetaspaceDecoder(section["replacement"].Character(), PrependSchemeReader.Read(section));
    }

    public override void Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = tokens[i].Replace(_replacement, i == 0 && _prepends ? "" : " ", StringComparison.Ordinal);
        }
    }
}
