using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>The prompts of config_sentence_transformers.json, by role or by their own names.</summary>
internal sealed class ModelPrompts
{
    private readonly Dictionary<string, string> _prompts;
    private readonly string _query;
    private readonly string _document;

    private ModelPrompts(Dictionary<string, string> prompts, string defaultPrompt)
    {
        _prompts = prompts;
        _query = prompts.GetValueOrDefault(EmbeddingInputTypes.Query) ?? defaultPrompt;
        // E5 and its kin say "passage" for what others call a document.
        _document = prompts.GetValueOrDefault(EmbeddingInputTypes.Document) ?? prompts.GetValueOrDefault("passage") ?? prompts.GetValueOrDefault("corpus") ?? defaultPrompt;
        Default = defaultPrompt;
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
            : throw config.Unsupported("default_prompt_name", $"'{name}'", prompts.Count == 0 ? "none, where there are no prompts" : $"a name in prompts: {string.Join(", ", prompts.Keys)}");
    }

    /// <summary>The prompts by their names.</summary>
    public IReadOnlyDictionary<string, string> ByName => _prompts;

    /// <summary>What is put before a text of no role; may be empty.</summary>
    public string Default { get; }

    /// <summary>The longest prompt that a role puts before a text.</summary>
    public string Longest => new[] { _query, _document, Default }.MaxBy(prompt => prompt.Length)!;

    /// <summary>The prompt for the role that the options carry, or of the name that they give; none for an empty role.</summary>
    /// <exception cref="ArgumentException">The role is not a known one, nor the name of a prompt.</exception>
    public string For(EmbeddingGenerationOptions? options)
    {
        if (InputType(options) is not { } role)
        {
            return Default;
        }

        return role switch
        {
            "" => "",
            EmbeddingInputTypes.Query => _query,
            EmbeddingInputTypes.Document => _document,
            _ => _prompts.TryGetValue(role, out string? prompt) ? prompt : throw new ArgumentException(
                $"AdditionalProperties[\"{EmbeddingPropertyNames.InputType}\"] is '{role}'; expected \"{EmbeddingInputTypes.Query}\", \"{EmbeddingInputTypes.Document}\", \"\" for no prompt, " +
                $"or the name of one of the model's prompts ({(_prompts.Count == 0 ? "it has none" : string.Join(", ", _prompts.Keys))}).",
                nameof(options)),
        };
    }

    /// <summary>The role that the options carry, or null.</summary>
    public static string? InputType(EmbeddingGenerationOptions? options) =>
        RequestProperties.Text(options?.AdditionalProperties, EmbeddingPropertyNames.InputType);
}
