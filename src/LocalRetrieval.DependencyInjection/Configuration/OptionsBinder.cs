using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.DependencyInjection.Configuration;

/// <summary>Sets options from a configuration section, and refuses every key that it cannot set.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class OptionsBinder<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>
    where TOptions : class
{
    private static readonly Dictionary<string, PropertyInfo> Properties = typeof(TOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true })
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What reads properties whose types are neither values nor lists of numbers or strings, by type.</summary>
    public IReadOnlyDictionary<Type, SectionReader> Readers { get; init; } = new Dictionary<Type, SectionReader>();

    /// <summary>How the options of a registration are set: by the section, where there is one, then by code.</summary>
    public Action<TOptions> Setup(IConfiguration? section, Action<TOptions>? configure) => options =>
    {
        if (section is not null)
        {
            Bind(section, options);
        }

        configure?.Invoke(options);
    };

    /// <summary>Sets what <paramref name="configuration"/> has.</summary>
    /// <exception cref="OptionsValidationException">A key is none of the options', a value cannot be read or is refused, or the configuration is no section; the message has each with its full path.</exception>
    public void Bind(IConfiguration configuration, TOptions options)
    {
        List<string> failures = [];
        if (ConfigurationSections.Problem(configuration, TypeNames.Of(typeof(TOptions))) is { } problem)
        {
            failures.Add(problem);
        }
        else
        {
            BindChildren(configuration, options, failures);
        }

        ConfigurationSections.Throw(typeof(TOptions), failures);
    }

    /// <summary>Reads options that are a property of others, into those that are there.</summary>
    public object? ReadNested(IConfigurationSection section, object? current, ICollection<string> failures)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            failures.Add($"'{section.Path}' is '{section.Value}'; expected a section with the options {string.Join(", ", Properties.Keys)}.");
        }

        BindChildren(section, (TOptions)current!, failures);
        return current;
    }

    private void BindChildren(IConfiguration section, TOptions options, ICollection<string> failures)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (!Properties.TryGetValue(child.Key, out PropertyInfo? property))
            {
                failures.Add(ConfigurationSections.UnknownKey(child, TypeNames.Of(typeof(TOptions)), Properties.Keys));
            }
            else
            {
                Set(options, property, child, failures);
            }
        }
    }

    private void Set(TOptions options, PropertyInfo property, IConfigurationSection section, ICollection<string> failures)
    {
        int before = failures.Count;
        object? value = Read(property, section, property.GetValue(options), failures);
        if (failures.Count > before)
        {
            return;
        }

        try
        {
            property.SetValue(options, value);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentNullException)
        {
            failures.Add($"'{section.Path}' is null, which {property.Name} cannot be. Leave the key out for the default.");
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refused)
        {
            failures.Add($"'{section.Path}': {refused.Message}");
        }
    }

    private object? Read(PropertyInfo property, IConfigurationSection section, object? current, ICollection<string> failures)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        bool isNullable = type != property.PropertyType;
        if (section.Value is null && !section.GetChildren().Any() && (isNullable || !type.IsValueType))
        {
            return null;
        }

        return Readers.TryGetValue(type, out SectionReader? reader) ? reader(section, current, failures)
            : type == typeof(IReadOnlyList<int>) ? ListReader.Read<int>(section, failures)
            : type == typeof(IReadOnlyList<string>) ? ListReader.Read<string>(section, failures)
            : ValueReader.CanRead(type) ? (isNullable && section.Value is "" ? null : ValueReader.Read(type, section, failures))
            : ConfigurationSections.CodeOnly(section, property, failures);
    }
}
