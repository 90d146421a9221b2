using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.DependencyInjection.Configuration;

/// <summary>What is wrong with a section, in words.</summary>
internal static class ConfigurationSections
{
    // A word rather than a syllable, in letters.
    private const int FewestOfPart = 4;

    /// <summary>Refuses keys of a section whose parts are bound elsewhere.</summary>
    /// <param name="configuration">The section.</param>
    /// <param name="owner">What the section is for.</param>
    /// <param name="parts">The keys that it may have.</param>
    /// <exception cref="OptionsValidationException">It is no section, or has another key.</exception>
    public static void RefuseOtherKeys(IConfiguration configuration, string owner, IReadOnlyCollection<string> parts)
    {
        List<string> failures = [];
        AddOtherKeys(configuration, owner, parts, failures);
        Throw(typeof(IConfiguration), failures);
    }

    /// <summary>Says which keys of a section are not among <paramref name="parts"/>, or that it is no section.</summary>
    public static void AddOtherKeys(IConfiguration configuration, string owner, IReadOnlyCollection<string> parts, ICollection<string> failures)
    {
        if (Problem(configuration, owner) is { } problem)
        {
            failures.Add(problem);
            return;
        }

        foreach (IConfigurationSection child in configuration.GetChildren().Where(child => !parts.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            failures.Add(UnknownKey(child, owner, parts));
        }
    }

    /// <summary>Why there is no section of options here, or null.</summary>
    public static string? Problem(IConfiguration configuration, string owner) => configuration switch
    {
        IConfigurationRoot => $"{owner} cannot be bound to the root of the configuration, which holds everything. Pass one section of it, as configuration.GetSection(\"…\") gives it.",
        IConfigurationSection { Value: { Length: > 0 } value, Path: var path } => $"'{path}' is '{value}'; expected a section with the keys of {owner}.",
        _ => null,
    };

    public static string UnknownKey(IConfigurationSection section, string owner, IReadOnlyCollection<string> known)
    {
        string advice = Nearest(section.Key, known) is { } nearest ? $"Did you mean '{nearest}'?" : $"Known are {string.Join(", ", known)}.";
        return $"'{section.Path}' is no key of {owner}. {advice}";
    }

    /// <summary>Says that a property has no place in a configuration.</summary>
    public static object? CodeOnly(IConfigurationSection section, PropertyInfo property, ICollection<string> failures)
    {
        Type type = property.PropertyType;
        string kind = typeof(Delegate).IsAssignableFrom(type) ? "a function" : typeof(Expression).IsAssignableFrom(type) ? "an expression" : $"an object ({TypeNames.Of(type)})";
        failures.Add($"'{section.Path}': {property.Name} is {kind}, which a configuration cannot hold. Set it in code, after the section: it is applied first.");
        return null;
    }

    /// <exception cref="OptionsValidationException">There are failures.</exception>
    public static void Throw(Type optionsType, List<string> failures)
    {
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, optionsType, failures);
        }
    }

    // A type's name stands where that of the option should, as OverloadBehavior for Overload.
    private static bool IsPartOf(string part, string name) => part.Length >= FewestOfPart && name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string? Nearest(string key, IEnumerable<string> known)
    {
        string? nearest = known.MinBy(name => EditDistance.Between(key, name));
        return nearest is not null && EditDistance.Between(key, nearest) <= Math.Max(2, nearest.Length / 2) ? nearest : known.FirstOrDefault(name => IsPartOf(name, key) || IsPartOf(key, name));
    }
}
