package dev.bureau.benchmarks.weaving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.IntToLongFunction;
import org.h2.Driver;

/// A database in memory: 1 000 orders of 100 customers are inserted, looked up one by one, joined, added up, sorted and
/// deleted.
public final class Database implements IntToLongFunction {
    private static final int CUSTOMERS = 100;
    private static final int ORDERS = 1_000;

    private final Connection connection;

    public Database() {
        try {
            connection = new Driver().connect("jdbc:h2:mem:", new Properties());
            connection.setAutoCommit(false);
            createTables();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long applyAsLong(int times) {
        try {
            long result = 0;
            for (int i = 0; i < times; i++) result += once();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void createTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table customer (id int primary key, name varchar(80), city varchar(40))");
            statement.execute(
                    "create table orders (id int primary key, customer int references customer,"
                            + " amount decimal(10, 2), note varchar(200))");
            statement.execute("create index by_customer on orders (customer)");
        }
        Words words = new Words(3);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into customer values (?, ?, ?)")) {
            for (int id = 0; id < CUSTOMERS; id++) {
                insert.setInt(1, id);
                insert.setString(2, words.word() + " " + words.word());
                insert.setString(3, words.word());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    private long once() throws SQLException {
        insert();
        long result = lookUp();
        result +=
                query(
                        """
                        select c.city, count(*), sum(o.amount), max(o.note) from orders o
                        join customer c on c.id = o.customer where o.amount > 20
                        group by c.city having count(*) > 2 order by 3 desc\
                        """);
        result +=
                query(
                        """
                        select o.id, c.name, o.amount from customer c join orders o on o.customer = c.id
                        where o.note like '%process%' order by o.amount, o.id\
                        """);
        result +=
                query(
                        """
                        select id, amount, rank() over (partition by customer order by amount) from orders
                        where amount > (select avg(amount) from orders) order by 3, 1 limit 100\
                        """);
        try (Statement statement = connection.createStatement()) {
            result +=
                    statement.executeUpdate("update orders set amount = amount + 1 where id < 500");
            result += statement.executeUpdate("delete from orders");
        }
        connection.commit();
        return result;
    }

    private void insert() throws SQLException {
        Words words = new Words(4);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into orders values (?, ?, ?, ?)")) {
            for (int id = 0; id < ORDERS; id++) {
                insert.setInt(1, id);
                insert.setInt(2, words.number(CUSTOMERS));
                insert.setDouble(3, words.number(10_000) / 100.0);
                insert.setString(4, words.word() + " " + words.word() + " " + words.word());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private long lookUp() throws SQLException {
        long result = 0;
        try (PreparedStatement select =
                connection.prepareStatement("select customer, note from orders where id = ?")) {
            for (int id = 0; id < ORDERS; id++) {
                select.setInt(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) result += rows.getInt(1) + rows.getString(2).length();
                }
            }
        }
        return result;
    }

    private long query(String sql) throws SQLException {
        long result = 0;
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                result = 31 * result + rows.getString(1).hashCode() + rows.getString(3).hashCode();
            }
        }
        return result;
    }
}
