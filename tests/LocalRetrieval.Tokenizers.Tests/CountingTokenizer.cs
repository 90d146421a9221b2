using System.Text.Json;
using LocalRetrieval.Tokenizers.AddedTokens;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.PostProcessors;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>A tokenizer that counts the characters it reads.</summary>
internal sealed class CountingTokenizer
{
    private readonly CountingNormalizer _normalizer;

    public CountingTokenizer(string name)
    {
        using JsonDocument document = JsonDocument.Parse(TestData.Read(name));
        JsonField root = new(name, "$", document.RootElement);
        Model model = ComponentRegistry.ReadModel(root["model"]);
        _normalizer = new(root.Optional("normalizer") is { } normalizer ? ComponentRegistry.ReadNormalizer(normalizer) : null);
        AddedVocabulary added = new(AddedVocabulary.ReadTokens(root), model, _normalizer);
        ContentTokenizer content = new(added, _normalizer, ComponentRegistry.ReadPreTokenizer(root["pre_tokenizer"]), model);
        Tokenizer = new Tokenizer(content, TemplateProcessing.None, decoder: null, truncation: null, padding: null, new TokenizerOptions());
    }

    public Tokenizer Tokenizer { get; }

    /// <summary>How many characters a call reads.</summary>
    public long Read(Func<Tokenizer, int> call)
    {
        long before = _normalizer.Characters;
        call(Tokenizer);
        return _normalizer.Characters - before;
    }

    private sealed class CountingNormalizer(Normalizer? inner) : Normalizer
    {
        public long Characters { get; private set; }

        public override void Normalize(NormalizedText text)
        {
            Characters += text.Length;
            inner?.Normalize(text);
        }
    }
}
