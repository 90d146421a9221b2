using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval;

/// <summary>
/// Says whether two encoders give the same vectors: a hash over the content of the model, the tokenizer, the prompts, the pooling, the
/// normalisation and the dimensions, part by part, so that what differs can be named.
/// </summary>
/// <remarks>
/// <para>
/// Paths, times and names do not count: a copied folder has the fingerprint of its original. Neither does what leaves vectors comparable: the
/// length limit, batches, threads, the execution provider. Files count byte by byte, so that two fingerprints may differ where vectors do not, but never
/// the other way round.
/// </para>
/// <para>Immutable and safe for concurrent use.</para>
/// </remarks>
public sealed partial class EncoderFingerprint : IEquatable<EncoderFingerprint>
{
    // Changed when the same content would give another hash.
    private const string Version = "lr1";

    /// <summary>Makes a fingerprint of its parts.</summary>
    /// <param name="components">The parts, in the order in which they are to be named; <see cref="FingerprintComponents"/> has their names.</param>
    /// <exception cref="ArgumentNullException"><paramref name="components"/> is null.</exception>
    /// <exception cref="ArgumentException">Two parts have one name.</exception>
    public EncoderFingerprint(IEnumerable<FingerprintComponent> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        Components = [.. components];
        if (Components.GroupBy(component => component.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The component '{twice.Key}' is there more than once.", nameof(components));
        }

        IEnumerable<string> lines = Components.OrderBy(component => component.Name, StringComparer.Ordinal).Select(component => $"{component.Name}={component.Hash}\n");
        Value = $"{Version}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))}";
    }

    /// <summary>The parts.</summary>
    public IReadOnlyList<FingerprintComponent> Components { get; }

    /// <summary>The whole as one string: "lr1-" and 64 hexadecimal digits. Equal where all parts are.</summary>
    public string Value { get; }

    /// <summary>
    /// The fingerprint of the same encoder whose vectors are cut to <paramref name="dimensions"/> (<c>EmbeddingGenerationOptions.Dimensions</c>): what fills
    /// a collection of shorter vectors.
    /// </summary>
    /// <param name="dimensions">The length of the vectors, at least 1.</param>
    /// <returns>A fingerprint with another dimensions part; this one, where it has that part already.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public EncoderFingerprint WithDimensions(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        string text = dimensions.ToString(CultureInfo.InvariantCulture);
        FingerprintComponent cut = FingerprintComponent.Of(FingerprintComponents.Dimensions, text, text);
        return Components.Any(component => component.Name == cut.Name && component.Hash == cut.Hash)
            ? this
            : new EncoderFingerprint([.. Components.Where(component => component.Name != cut.Name), cut]);
    }

    /// <summary>Names what differs, for an error message.</summary>
    /// <param name="other">The other fingerprint.</param>
    /// <returns>
    /// For instance <c>model ('a' and 'b'), tokenizer, dimensions ('384' and '768')</c>, this one's description first; null where the two are equal.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public string? DescribeDifference(EncoderFingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        IEnumerable<string> names = Components.Concat(other.Components).Select(component => component.Name).Distinct(StringComparer.Ordinal);
        string[] differences = [.. names.Select(name => Describe(name, Find(name), other.Find(name))).OfType<string>()];
        return differences.Length == 0 ? null : string.Join(", ", differences);
    }

    /// <inheritdoc />
    public bool Equals(EncoderFingerprint? other) => other is not null && Value == other.Value;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as EncoderFingerprint);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary><see cref="Value"/>.</summary>
    public override string ToString() => Value;

    private FingerprintComponent? Find(string name) => Components.FirstOrDefault(component => component.Name == name);

    private static string? Describe(string name, FingerprintComponent? one, FingerprintComponent? other) =>
        one?.Hash == other?.Hash ? null
        : one is null || other is null ? $"{name} (known of one alone)"
        : one.Description is null || other.Description is null || one.Description == other.Description ? name
        : $"{name} ('{one.Description}' and '{other.Description}')";
}
