namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>A character on its way to a normal form.</summary>
/// <param name="CodePoint">The character.</param>
/// <param name="CombiningClass">Its canonical combining class.</param>
/// <param name="Change">The change that <see cref="Transformation"/> takes.</param>
/// <param name="Order">Its place in the text, which ordering keeps between marks of one class.</param>
internal readonly record struct CharacterPart(int CodePoint, int CombiningClass, int Change, int Order)
{
    /// <summary>Whether it comes after another mark in canonical order.</summary>
    public bool Follows(CharacterPart other) =>
        CombiningClass != other.CombiningClass ? CombiningClass > other.CombiningClass : Order > other.Order;
}
