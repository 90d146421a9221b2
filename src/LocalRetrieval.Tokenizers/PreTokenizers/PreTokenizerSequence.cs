using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Sequence": one pre-tokenizer after the other.</summary>
internal sealed class PreTokenizerSequence(IEnumerable<PreTokenizer> preTokenizers) : PreTokenizer
{
    private readonly PreTokenizer[] _preTokenizers = [.. preTokenizers];

    /// <summary>Reads the component's section.</summary>
    public static PreTokenizerSequence Read(JsonField section) =>
        new(section["pretokenizers"].Elements().Select(ComponentRegistry.ReadPreTokenizer));

    public override void PreTokenize(PreTokenizedText text)
    {
        foreach (PreTokenizer preTokenizer in _preTokenizers)
        {
            preTokenizer.PreTokenize(text);
        }
    }
}
