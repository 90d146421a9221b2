using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.DependencyInjection.Configuration;

/// <summary>Reads the value of a property.</summary>
/// <param name="section">The property's key and what is under it.</param>
/// <param name="current">The property's value so far.</param>
/// <param name="failures">Where to say what cannot be read; the property is then left alone.</param>
/// <returns>The value.</returns>
internal delegate object? SectionReader(IConfigurationSection section, object? current, ICollection<string> failures);
