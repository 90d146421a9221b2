
namespace LocalRetrieval.Encoders;

/// <summary>Prompts as a fingerprint takes them.</summary>
internal static class PromptSettings
{
    /// <summary>The default prompt, then each name and its text, by name.</summary>
    public static IEnumerable<string> Of(ModelPrompts prompts) =>
        prompts.ByName.OrderBy(prompt => prompt.Key, StringComparer.Ordinal).SelectMany(prompt => new[] { prompt.Key, prompt.Value }).Prepend(prompts.Default);
}
