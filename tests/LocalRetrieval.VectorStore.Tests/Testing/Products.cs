namespace LocalRetrieval.VectorData.Tests.Testing;

internal static class Products
{
    private static readonly string[] Words = ["apple", "Apple", "pear", "plum", "fig", "éclair"];

    /// <summary>Makes random products with keys from 0 on.</summary>
    public static List<Product> Make(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(id => Make(random, id))];
    }

    private static Product Make(Random random, int id) => new()
    {
        Id = id,
        Name = random.Next(8) == 0 ? null : Words[random.Next(Words.Length)],
        Count = random.Next(20),
        Small = (short)random.Next(5),
        Maybe = random.Next(3) == 0 ? null : random.Next(6),
        Price = random.Next(10) / 4.0,
        Day = new DateTime(2024, 1, 1).AddDays(random.Next(10)),
        Quality = (Product.Grade)random.Next(3),
        IsNew = random.Next(2) == 0,
        Tags = random.Next(6) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => Words[random.Next(Words.Length)])],
        Sizes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(5))],
        Made = random.Next(4) == 0 ? null : new Product.Maker(Words[random.Next(2)], 2000 + random.Next(4)),
        Vector = [random.NextSingle(), random.NextSingle()],
    };
}
