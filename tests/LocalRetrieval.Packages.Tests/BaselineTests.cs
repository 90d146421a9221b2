namespace LocalRetrieval.Packages.Tests;

public sealed class BaselineTests
{
    private const string Project = $"src/{ScratchClone.Id}";

    [TaggedFact]
    public async Task Pack_Checkout_KeepsWhatTheLastTagGave() =>
        await Baseline.ValidateAsync(Checkout.Path(), (await Baseline.LastTagAsync(Checkout.Path()))!, "src/Packages.slnf");

    [Fact]
    public async Task Pack_TypeGoneSinceTheLastTag_IsRefused()
    {
        using ScratchClone clone = await ScratchClone.CreateAsync(remote: null);
        string type = Path.Combine(clone.Folder, Project, "Gone.cs");
        await File.WriteAllTextAsync(type, "namespace LocalRetrieval;\n\n/// <summary>A type.</summary>\npublic static class Gone;\n");
        await clone.GitAsync("add", ".");
        await clone.GitAsync("-c", "user.name=test", "-c", "user.email=test@invalid", "commit", "--quiet", "-m", "Add a type");
        await clone.GitAsync("tag", "v0.0.1");
        string tag = (await Baseline.LastTagAsync(clone.Folder))!;

        await Baseline.ValidateAsync(clone.Folder, tag, Project);
        File.Delete(type);
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Baseline.ValidateAsync(clone.Folder, tag, Project));

        Assert.Equal("v0.0.1", tag);
        Assert.Contains("CP0001", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LocalRetrieval.Gone", refusal.Message, StringComparison.Ordinal);
    }
}
