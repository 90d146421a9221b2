using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.Loading;

/// <summary>Reads those options of all local models that are no plain values.</summary>
internal static class ModelReaders
{
    private static readonly string[] Keys = [nameof(ExecutionProvider.Name), nameof(ExecutionProvider.Options), nameof(ExecutionProvider.RequiresEveryNode)];

    /// <summary>The readers by the types of properties.</summary>
    public static IReadOnlyDictionary<Type, SectionReader> All { get; } = new Dictionary<Type, SectionReader> { [typeof(IReadOnlyList<ExecutionProvider>)] = ExecutionProviders };

    // A list of names, or of sections with a name each.
    private static object? ExecutionProviders(IConfigurationSection section, object? current, ICollection<string> failures)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            failures.Add($"'{section.Path}' is '{section.Value}'; expected a list, whose first value has the key '{ConfigurationPath.Combine(section.Path, "0")}'.");
            return null;
        }

        return (ExecutionProvider[])[.. section.GetChildren().Select(child => Provider(child, failures)).OfType<ExecutionProvider>()];
    }

    private static ExecutionProvider? Provider(IConfigurationSection section, ICollection<string> failures)
    {
        if (section.Value is { Length: > 0 } only)
        {
            return new ExecutionProvider { Name = only };
        }

        ConfigurationSections.AddOtherKeys(section, nameof(ExecutionProvider), Keys, failures);
        if (string.IsNullOrWhiteSpace(section[nameof(ExecutionProvider.Name)]))
        {
            failures.Add($"'{section.Path}' has no {nameof(ExecutionProvider.Name)}; expected an execution provider's name, or a section with one.");
            return null;
        }

        IConfigurationSection requires = section.GetSection(nameof(ExecutionProvider.RequiresEveryNode));
        return new ExecutionProvider
        {
            Name = section[nameof(ExecutionProvider.Name)]!,
            Options = section.GetSection(nameof(ExecutionProvider.Options)).GetChildren().ToDictionary(option => option.Key, option => option.Value ?? "", StringComparer.Ordinal),
            RequiresEveryNode = requires.Exists() && ValueReader.Read(typeof(bool), requires, failures) is true,
        };
    }
}
