using System.ComponentModel;
using System.Security.Cryptography;

namespace LocalRetrieval.Models.Tests;

public sealed class LocalModelTests
{
    public static TheoryData<string> Names => ["bi-encoder", "cross-encoder", "static"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Locate_DeployedModel_IsFoundBesideTheApplication(string name)
    {
        string folder = Model(name).Locate();

        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "LocalRetrieval.Models", name), folder);
        Assert.True(File.Exists(Path.Combine(folder, name == "static" ? "model.safetensors" : "onnx/model.onnx")));
        Assert.True(File.Exists(Path.Combine(folder, "MODEL-CARD.md")));
        Assert.True(File.Exists(Path.Combine(folder, "..", "NOTICE")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Locate_EveryFileButTheCard_HasAChecksum(string name)
    {
        string folder = Model(name).Locate();
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".md", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            using Deployment deployment = new(name);
            string copy = deployment.File(Path.GetRelativePath(folder, file));
            byte[] bytes = File.ReadAllBytes(copy);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(copy, bytes);

            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Model(name).LocateIn([deployment.Root]));

            Assert.Contains(copy, exception.Message, StringComparison.Ordinal);
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Locate_MissingFile_NamesIt()
    {
        using Deployment deployment = new("cross-encoder");
        File.Delete(deployment.File("config.json"));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => LocalModels.CrossEncoder.LocateIn([deployment.Root]));

        Assert.Contains("config.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_NotDeployed_SaysWhereItLooked()
    {
        DirectoryNotFoundException exception = Assert.Throws<DirectoryNotFoundException>(() => LocalModels.BiEncoder.LocateIn(["one-place", "another-place"]));

        Assert.Contains("one-place", exception.Message, StringComparison.Ordinal);
        Assert.Contains("another-place", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BiEncoder", "bi-encoder")]
    [InlineData("bi-encoder", "bi-encoder")]
    [InlineData("crossencoder", "cross-encoder")]
    [InlineData(" Static ", "static")]
    public void ConvertFrom_Name_IsTheModel(string name, string model) =>
        Assert.Same(Model(model), TypeDescriptor.GetConverter(typeof(LocalModel)).ConvertFromInvariantString(name));

    [Fact]
    public void ConvertFrom_OtherName_IsRefusedWithTheModels()
    {
        FormatException exception = Assert.Throws<FormatException>(() => TypeDescriptor.GetConverter(typeof(LocalModel)).ConvertFromInvariantString("E5"));

        Assert.Equal("'E5' is no embedded model. They are BiEncoder, CrossEncoder and Static.", exception.Message);
    }

    private static LocalModel Model(string name) => name switch
    {
        "bi-encoder" => LocalModels.BiEncoder,
        "cross-encoder" => LocalModels.CrossEncoder,
        _ => LocalModels.Static,
    };

    /// <summary>A copy of a deployed model, to be damaged.</summary>
    private sealed class Deployment : IDisposable
    {
        private readonly string _model;

        public Deployment(string model)
        {
            _model = model;
            string source = Model(model).Locate();
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                string copy = File(Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                System.IO.File.Copy(file, copy);
            }
        }

        public string Root { get; } = Directory.CreateTempSubdirectory("local-retrieval-deployed-").FullName;

        public string File(string relativePath) => Path.Combine(Root, LocalModel.FolderName, _model, relativePath);

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
