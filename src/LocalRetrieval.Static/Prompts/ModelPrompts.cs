using System.Globalization;
using LocalRetrieval.Onnx.Loading;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Prompts;

/// <summary>The prompts of config_sentence_transformers.json, by role or by their own names.</summary>
internal sealed class ModelPrompts
{
    private readonly Dictionary<string, string> _prompts;
    private readonly string _default;

    private ModelPrompts(Dictionary<string, string> prompts, string defaultPrompt)
    {
        _prompts = prompts;
        _default = defaultPrompt;
    }

    /// <param name="config">The file, or null where there is none.</param>
    /// <exception cref="InvalidDataException">The default prompt's name is not among the prompts.</exception>
    public static ModelPrompts Read(ModelJson? config)
    {
        Dictionary<string, string> prompts = new(config?.Object("prompts")?.Strings() ?? [], StringComparer.Ordinal);
        return config?.String("default_prompt_name") is not { } name ? new ModelPrompts(prompts, "")
            : prompts.TryGetValue(name, out string? prompt) ? new ModelPrompts(prompts, prompt)
            : throw config.Unsupported("default_prompt_name", $"'{name}'", $"a name in prompts ({string.Join(", ", prompts.Keys)})");
    }

    /// <summary>The longest prompt that may be put before a text.</summary>
    public string Longest => _prompts.Values.Append(_default).MaxBy(prompt => prompt.Length)!;

    /// <summary>The prompt for the role that the options carry, or of the name that they give.</summary>
    /// <exception cref="ArgumentException">It is neither a role nor the name of a prompt.</exception>
    public string For(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(EmbeddingPropertyNames.InputType, out object? value) is not true
            || Convert.ToString(value, CultureInfo.InvariantCulture) is not { } role)
        {
            return _default;
        }

        return _prompts.TryGetValue(role, out string? prompt) ? prompt : role switch
        {
            EmbeddingInputTypes.Query => _default,
            // E5 and its kin say "passage" for what others call a document.
            EmbeddingInputTypes.Document => _prompts.GetValueOrDefault("passage") ?? _prompts.GetValueOrDefault("corpus") ?? _default,
            _ => throw new ArgumentException(
                $"AdditionalProperties[\"{EmbeddingPropertyNames.InputType}\"] is '{role}'; expected \"{EmbeddingInputTypes.Query}\", \"{EmbeddingInputTypes.Document}\" or the name of one of the model's prompts ({(_prompts.Count == 0 ? "it has none" : string.Join(", ", _prompts.Keys))}).",
                nameof(options)),
        };
    }
}
