using System.Text.Json;
using LocalRetrieval.Tokenizers.AddedTokens;
using LocalRetrieval.Tokenizers.Folders;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.Padding;
using LocalRetrieval.Tokenizers.PostProcessors;
using LocalRetrieval.Tokenizers.Truncation;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>Reads a tokenizer.json, part by part.</summary>
internal static class TokenizerReader
{
    /// <summary>What the file is called by convention.</summary>
    public const string FileName = "tokenizer.json";

    private const string SupportedVersion = "1.0";

    private static readonly string[] Sections =
    [
        "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model",
    ];

    /// <summary>Reads a tokenizer from the content of a file.</summary>
    /// <param name="utf8Json">The content.</param>
    /// <param name="file">What to call the file in errors.</param>
    /// <param name="options">The options.</param>
    /// <param name="config">What the files beside it say, or null where it is read alone.</param>
    /// <exception cref="InvalidDataException">The content is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Read(ReadOnlyMemory<byte> utf8Json, string file, TokenizerOptions options, FolderConfig? config = null)
    {
        using JsonDocument document = JsonFile.Parse(utf8Json, file);
        JsonField root = new(file, "$", document.RootElement);
        foreach ((string name, JsonField section) in root.Members())
        {
            if (!Sections.Contains(name))
            {
                throw section.Invalid("there", string.Join(", ", Sections));
            }
        }

        if (root.Has("version") && root["version"] is var version && version.String() != SupportedVersion)
        {
            throw version.Invalid($"'{version.String()}'", SupportedVersion);
        }

        root["model"].RefuseRepeated("type");
        Model model = ComponentRegistry.ReadModel(root["model"]);
        return Assemble(root, model, AddedVocabulary.ReadTokens(root), options, config);
    }

    /// <summary>Puts a tokenizer together.</summary>
    /// <param name="root">The object that has the sections of all parts except the model and the added tokens.</param>
    /// <param name="model">The model.</param>
    /// <param name="added">The added tokens.</param>
    /// <param name="options">The options.</param>
    /// <param name="config">What the files of the folder say, or null.</param>
    public static Tokenizer Assemble(
        JsonField root, Model model, IReadOnlyList<AddedToken> added, TokenizerOptions options, FolderConfig? config)
    {
        Normalizer? normalizer = root.Optional("normalizer") is { } section
            ? ComponentRegistry.ReadNormalizer(config is null ? section : ConfigOverrides.Normalizer(section, config))
            : null;
        root.Optional("post_processor")?.RefuseRepeated();
        root.Optional("truncation")?.RefuseRepeated();
        root.Optional("padding")?.RefuseRepeated();
        AddedVocabulary vocabulary = new(config is null ? added : FolderTokens.Join(added, config), model, normalizer);
        ContentTokenizer content = new(
            vocabulary,
            normalizer,
            root.Optional("pre_tokenizer") is { } preTokenizer
                ? ComponentRegistry.ReadPreTokenizer(config is null ? preTokenizer : ConfigOverrides.PreTokenizer(preTokenizer, config))
                : null,
            model);
        return new Tokenizer(
            content,
            root.Optional("post_processor") is { } postProcessor
                ? ComponentRegistry.ReadPostProcessor(config is null ? postProcessor : ConfigOverrides.PostProcessor(postProcessor, config))
                : TemplateProcessing.None,
            root.Optional("decoder") is { } decoder ? ComponentRegistry.ReadDecoder(decoder) : null,
            root.Optional("truncation") is { } truncation ? TruncationReader.Read(truncation) : null,
            root.Optional("padding") is { } padding ? PaddingReader.Read(padding) : null,
            options)
        {
            ModelMaxLength = config?.ModelMaxLength,
            SpecialTokens = config is null ? new SpecialTokens() : FolderTokens.Roles(vocabulary, config),
        };
    }
}
