namespace LocalRetrieval.Encoders;

/// <summary>What an encoder's fingerprint is computed from, gathered when the model is loaded: its files are hashed when the fingerprint is asked for.</summary>
/// <remarks>Not changed after loading; <see cref="Compute"/> is safe for concurrent use.</remarks>
internal sealed class FingerprintSource
{
    private readonly List<(string Name, string? Description, string[] Settings, SourceFile[] Files)> _components = [];

    /// <summary>Adds a component.</summary>
    /// <param name="name">One of <see cref="FingerprintComponents"/>.</param>
    /// <param name="description">What it is, for people; or null.</param>
    /// <param name="settings">What decides the vectors beside the files.</param>
    /// <param name="files">The files, in an order that does not depend on where they lie.</param>
    public FingerprintSource Add(string name, string? description, IEnumerable<string> settings, params IEnumerable<string> files)
    {
        _components.Add((name, description, [.. settings], [.. files.Select(path => new SourceFile(path))]));
        return this;
    }

    /// <summary>Adds a component that is a value.</summary>
    public FingerprintSource Add(string name, string value)
    {
        _components.Add((name, value, [], []));
        return this;
    }

    /// <exception cref="InvalidOperationException">A file has changed since it was added.</exception>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    public EncoderFingerprint Compute()
    {
        using ContentHash hash = new();
        return new EncoderFingerprint([.. _components.Select(component => component is { Settings: [], Files: [], Description: { } value }
            ? FingerprintComponent.Of(component.Name, value, value)
            : new FingerprintComponent(component.Name, Hash(hash, component.Settings, component.Files), component.Description))]);
    }

    private static string Hash(ContentHash hash, string[] settings, SourceFile[] files)
    {
        foreach (string setting in settings)
        {
            hash.Append(setting);
        }

        foreach (SourceFile file in files)
        {
            file.AppendTo(hash);
        }

        return hash.ToHex();
    }
}
