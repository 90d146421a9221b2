namespace LocalRetrieval;

/// <summary>A text property whose words count for the keyword index of another one.</summary>
/// <remarks>Immutable: safe for concurrent use.</remarks>
public sealed record KeywordField
{
    /// <summary>A field and its weight.</summary>
    /// <param name="property">The name of the record's property, which holds text.</param>
    /// <param name="weight">How often a word in it counts; a word of the indexed property itself counts once. Above 0.</param>
    /// <exception cref="ArgumentException"><paramref name="property"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not above 0, or above a million.</exception>
    public KeywordField(string property, double weight)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        Property = property;
        Weight = weight is > 0 and <= 1e6 ? weight : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A field's weight is above 0, and a million at most.");
    }

    /// <summary>The name of the record's property.</summary>
    public string Property { get; }

    /// <summary>How often a word in it counts.</summary>
    public double Weight { get; }
}
