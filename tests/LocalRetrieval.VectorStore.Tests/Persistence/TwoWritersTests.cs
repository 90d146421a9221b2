using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.VectorData.Tests.Testing;
using StoreWriter;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>One store writes to a folder at a time: another one is told who has it, and gets it when that one ends, however it ends.</summary>
public sealed class TwoWritersTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_AnotherStoreOfTheProcess_IsRefusedUntilThatIsDisposed()
    {
        using LocalVectorStore first = _folder.Open();
        await first.GetCollection<int, Line>("lines").EnsureCollectionExistsAsync();
        using LocalVectorStore second = _folder.Open();

        var exception = await Assert.ThrowsAsync<IOException>(() => second.CollectionExistsAsync("lines"));

        Assert.Contains($"is in use by process {Id(Environment.ProcessId)} on {Environment.MachineName} since ", exception.Message, StringComparison.Ordinal);
        first.Dispose();
        Assert.True(await second.CollectionExistsAsync("lines"));
    }

    [Fact]
    public async Task Open_AnotherProcessHasTheFolder_IsRefusedUntilThatIsKilled()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "StoreWriter.dll"), _folder.Path, "0"]) { RedirectStandardOutput = true };
        using Process writer = Process.Start(start)!;
        try
        {
            Assert.NotNull(await writer.StandardOutput.ReadLineAsync());
            using LocalVectorStore store = _folder.Open();

            var exception = await Assert.ThrowsAsync<IOException>(() => store.CollectionExistsAsync("lines"));

            Assert.Contains($"is in use by process {Id(writer.Id)} on ", exception.Message, StringComparison.Ordinal);
            writer.Kill();
            await writer.WaitForExitAsync();
            Assert.True(await store.CollectionExistsAsync("lines"));
            Assert.NotEqual(0, (await store.VerifyAsync("lines")).Rows);
        }
        finally
        {
            writer.Kill();
        }
    }

    [Fact]
    public async Task Open_TheOwnerIsNotNamed_SaysThatTheFolderIsInUse()
    {
        using LocalVectorStore first = _folder.Open();
        await first.GetCollection<int, Line>("lines").EnsureCollectionExistsAsync();
        File.WriteAllText(Path.Combine(_folder.Path, "owner"), "");
        using LocalVectorStore second = _folder.Open();

        var exception = await Assert.ThrowsAsync<IOException>(() => second.CollectionExistsAsync("lines"));

        Assert.Contains($"'{_folder.Path}' is in use: one store writes", exception.Message, StringComparison.Ordinal);
    }

    private static string Id(int process) => process.ToString(CultureInfo.InvariantCulture);
}
