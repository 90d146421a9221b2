using System.Text.Json;
using LocalRetrieval.Tokenizers.AddedTokens;
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

    /// <summary>Reads a tokenizer from the content of a file.</summary>
    /// <exception cref="InvalidDataException">The content is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Read(ReadOnlyMemory<byte> utf8Json, string file, TokenizerOptions options)
    {
        using JsonDocument document = Parse(utf8Json, file);
        JsonField root = new(file, "$", document.RootElement);
        if (root.Optional("version") is { } version && version.String() != SupportedVersion)
        {
            throw version.Invalid($"'{version.String()}'", SupportedVersion);
        }

        Normalizer? normalizer = root.Optional("normalizer") is { } section ? ComponentRegistry.ReadNormalizer(section) : null;
        Model model = ComponentRegistry.ReadModel(root["model"]);
        ContentTokenizer content = new(
            AddedVocabulary.Read(root.Optional("added_tokens"), model, normalizer),
            normalizer,
            root.Optional("pre_tokenizer") is { } preTokenizer ? ComponentRegistry.ReadPreTokenizer(preTokenizer) : null,
            model);
        return new Tokenizer(
            content,
            root.Optional("post_processor") is { } postProcessor
                ? ComponentRegistry.ReadPostProcessor(postProcessor)
                : TemplateProcessing.None,
            root.Optional("decoder") is { } decoder ? ComponentRegistry.ReadDecoder(decoder) : null,
            root.Optional("truncation") is { } truncation ? TruncationReader.Read(truncation) : null,
            root.Optional("padding") is { } padding ? PaddingReader.Read(padding) : null,
            options);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8Json, string file)
    {
        try
        {
            return JsonDocument.Parse(utf8Json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{file}: malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {exception.Message}",
                exception);
        }
    }
}
