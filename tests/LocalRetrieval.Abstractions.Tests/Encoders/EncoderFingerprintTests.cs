
namespace LocalRetrieval.Abstractions.Tests.Encoders;

public sealed class EncoderFingerprintTests
{
    private static readonly string[] Names =
    [
        FingerprintComponents.Model, FingerprintComponents.Tokenizer, FingerprintComponents.Prompts,
        FingerprintComponents.Pooling, FingerprintComponents.Normalization, FingerprintComponents.Dimensions,
    ];

    public static TheoryData<string> AllNames => [.. Names];

    [Fact]
    public void Value_SameContent_IsEqualInAnyOrderAndUnderAnyDescription()
    {
        EncoderFingerprint one = Make();
        EncoderFingerprint other = new(Names.Reverse().Select(name => FingerprintComponent.Of(name, $"content of {name}", "another description")));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Null(one.DescribeDifference(other));
    }

    [Fact]
    public void Value_OfKnownComponents_IsStable()
    {
        // A change of this value makes every stored fingerprint foreign: it takes a new version.
        EncoderFingerprint fingerprint = new([FingerprintComponent.Of("model", "weights"), FingerprintComponent.Of("dimensions", "384")]);

        Assert.Equal("lr1-7415c4857947d3670ba0a468ab18f650f3a6ab6e23853d2474e1b6d4829a3f46", fingerprint.Value);
        Assert.Equal(fingerprint.Value, fingerprint.ToString());
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void DescribeDifference_OneComponentChanged_NamesItAlone(string changed)
    {
        EncoderFingerprint other = Make(changed);

        Assert.NotEqual(Make(), other);
        Assert.Equal($"{changed} ('first' and 'second')", Make().DescribeDifference(other));
    }

    [Fact]
    public void DescribeDifference_WithoutDescriptions_GivesTheNames()
    {
        EncoderFingerprint one = new([FingerprintComponent.Of("model", "a"), FingerprintComponent.Of("tokenizer", "b")]);
        EncoderFingerprint other = new([FingerprintComponent.Of("model", "c"), FingerprintComponent.Of("pooling", "d")]);

        Assert.Equal("model, tokenizer (known of one alone), pooling (known of one alone)", one.DescribeDifference(other));
    }

    [Fact]
    public void WithDimensions_OtherLength_DiffersInDimensionsAlone()
    {
        EncoderFingerprint full = new([FingerprintComponent.Of("model", "a"), FingerprintComponent.Of("dimensions", "384", "384")]);

        Assert.Equal("dimensions ('384' and '128')", full.DescribeDifference(full.WithDimensions(128)));
        Assert.Same(full, full.WithDimensions(384));
        Assert.Equal(full, full.WithDimensions(128).WithDimensions(384));
        Assert.Throws<ArgumentOutOfRangeException>(() => full.WithDimensions(0));
    }

    [Fact]
    public void FromJson_OfToJson_GivesTheSameParts()
    {
        EncoderFingerprint fingerprint = new([.. Make().Components, FingerprintComponent.Of("other", "x", "\"quotes\" and \u00e4")]);

        EncoderFingerprint read = EncoderFingerprint.FromJson(fingerprint.ToJson());

        Assert.Equal(fingerprint, read);
        Assert.Equal(fingerprint.Components, read.Components);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("{}", "cannot be read: it lacks 'version'")]
    [InlineData("""{"version": "lr1"}""", "it lacks 'components'")]
    [InlineData("""{"version": "lr1", "components": [{"name": "model"}]}""", "it lacks 'hash'")]
    [InlineData("""{"version": "lr1", "components": [{"name": null, "hash": "a"}]}""", "cannot be read")]
    [InlineData("""{"version": "lr1", "components": [{"name": "m", "hash": "a"}, {"name": "m", "hash": "b"}]}""", "more than once")]
    [InlineData("""{"version": "lr0", "components": []}""", "version 'lr0'")]
    public void FromJson_Damaged_IsRefused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => EncoderFingerprint.FromJson(json)).Message, StringComparison.Ordinal);

    private static EncoderFingerprint Make(string? changed = null) =>
        new(Names.Select(name => FingerprintComponent.Of(name, $"content of {name}" + (name == changed ? " changed" : ""), name == changed ? "second" : "first")));
}
