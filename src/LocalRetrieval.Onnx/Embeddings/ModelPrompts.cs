using System.Globalization;
using LocalRetrieval.Onnx.Loading;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Embeddings;

/// <summary>The prompts of config_sentence_transformers.json, by role.</summary>
internal sealed class ModelPrompts
{
    private readonly string _query;
    private readonly string _document;
    private readonly string _default;

    private ModelPrompts(Dictionary<string, string> prompts, string defaultPrompt)
    {
        _query = prompts.GetValueOrDefault(EmbeddingInputTypes.Query) ?? defaultPrompt;
        // E5 and its kin say "passage" for what others call a document.
        _document = prompts.GetValueOrDefault(EmbeddingInputTypes.Document) ?? prompts.GetValueOrDefault("passage") ?? defaultPrompt;
        _default = defaultPrompt;
    }

    /// <exception cref="InvalidDataException">The default prompt's name is not among the prompts.</exception>
    public static ModelPrompts Read(ModelFolder folder)
    {
        ModelJson? config = folder.ReadJson("config_sentence_transformers.json");
        Dictionary<string, string> prompts = new(config?.Object("prompts")?.Strings() ?? [], StringComparer.Ordinal);
        if (config?.String("default_prompt_name") is not { } name)
        {
            return new ModelPrompts(prompts, "");
        }

        return prompts.TryGetValue(name, out string? prompt)
            ? new ModelPrompts(prompts, prompt)
            : throw config.Unsupported("default_prompt_name", $"'{name}'", $"a name in prompts ({string.Join(", ", prompts.Keys)})");
    }

    /// <summary>The longest prompt that a role puts before a text.</summary>
    public string Longest => new[] { _query, _document, _default }.MaxBy(prompt => prompt.Length)!;

    /// <summary>The prompt for the role that the options carry.</summary>
    /// <exception cref="ArgumentException">The role is not a known one.</exception>
    public string For(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(EmbeddingPropertyNames.InputType, out object? role) is not true || role is null)
        {
            return _default;
        }

        return Convert.ToString(role, CultureInfo.InvariantCulture) switch
        {
            EmbeddingInputTypes.Query => _query,
            EmbeddingInputTypes.Document => _document,
            string other => throw new ArgumentException(
                $"AdditionalProperties[\"{EmbeddingPropertyNames.InputType}\"] is '{other}'; expected \"{EmbeddingInputTypes.Query}\" or \"{EmbeddingInputTypes.Document}\".", nameof(options)),
            null => _default,
        };
    }
}
